use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "branch-now-wrapped",
    inverse: "branch-no-longer-wrapped",
    wording: "{it} now has a wrapper struct",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "A simple union and a flat union with wrapper structs are the same on the wire.",
    program: "The variant holds the wrapper instead of its contents.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'Disk', 'data': { '*path': 'str' } }\n\
                { 'union': 'It', 'data': { 'disk': 'Disk' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'enum': 'ItKind', 'data': [ 'disk' ] }\n\
                { 'struct': 'Disk', 'data': { '*path': 'str' } }\n\
                { 'struct': 'DiskWrapper', 'data': { 'data': 'Disk' } }\n\
                { 'union': 'It', 'base': { 'type': 'ItKind' }, 'discriminator': 'type',\n\
                  'data': { 'disk': 'DiskWrapper' } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
