use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "branch-removed",
    inverse: "branch-added",
    wording: "{it} is removed",
    sent: Severity::Breaks,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU rejects unknown branches. Clients are not affected by a branch that is no longer sent.",
    program: "The variant is removed.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'enum': 'Kind', 'data': [ 'disk', 'none' ] }\n\
                { 'struct': 'Disk', 'data': { 'path': 'str' } }\n\
                { 'union': 'It', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',\n\
                  'data': { 'disk': 'Disk' } }\n\
                { 'command': 'go', 'data': 'It', 'boxed': true }",
        new: "{ 'enum': 'Kind', 'data': [ 'disk' ] }\n\
                { 'struct': 'Disk', 'data': { 'path': 'str' } }\n\
                { 'union': 'It', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',\n\
                  'data': { 'disk': 'Disk' } }\n\
                { 'command': 'go', 'data': 'It', 'boxed': true }",
    },
};
