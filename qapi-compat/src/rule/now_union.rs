use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "now-union",
    inverse: "no-longer-union",
    wording: "{it} is a union now",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "The wire has the members alone; what differs in them is reported by itself.",
    program: "The discriminator becomes a method, and there is a field `branch`.",
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
