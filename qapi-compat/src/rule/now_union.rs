use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "now-union",
    inverse: "no-longer-union",
    wording: "{it} is now a union",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "Only the members are on the wire. Differences in them are reported separately.",
    program: "The discriminator becomes a method, and the struct gets a field `branch`.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'enum': 'Kind', 'data': [ 'disk' ] }\n\
                { 'struct': 'Disk', 'data': {} }\n\
                { 'struct': 'It', 'data': { 'kind': 'Kind' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'enum': 'Kind', 'data': [ 'disk' ] }\n\
                { 'struct': 'Disk', 'data': {} }\n\
                { 'union': 'It', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',\n\
                  'data': { 'disk': 'Disk' } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
