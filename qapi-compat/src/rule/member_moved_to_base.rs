use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-moved-to-base",
    inverse: "member-moved-to-branches",
    wording: "{it} moves from the branches to the base",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "A union's base and its branches are one object on the wire. Differences in them are reported separately.",
    program: "The field moves from the structs of the branches to the union's struct, whose `new` takes it if it is required.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'enum': 'Kind', 'data': [ 'disk' ] }\n\
                { 'struct': 'Disk', 'data': { '*size': 'int', 'path': 'str' } }\n\
                { 'union': 'It', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',\n\
                  'data': { 'disk': 'Disk' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'enum': 'Kind', 'data': [ 'disk' ] }\n\
                { 'struct': 'Disk', 'data': { '*size': 'int' } }\n\
                { 'union': 'It', 'base': { 'kind': 'Kind', 'path': 'str' }, 'discriminator': 'kind',\n\
                  'data': { 'disk': 'Disk' } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
