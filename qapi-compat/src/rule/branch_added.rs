use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "branch-added",
    inverse: "branch-removed",
    wording: "{it} is new",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Clients do not send unknown branches. Generated types keep them.",
    program: "The enum of branches has one more variant. A `match` already needs a `_` arm.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'enum': 'Kind', 'data': [ 'disk' ] }\n\
                { 'struct': 'Disk', 'data': { 'path': 'str' } }\n\
                { 'union': 'It', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',\n\
                  'data': { 'disk': 'Disk' } }\n\
                { 'command': 'go', 'data': 'It', 'boxed': true }",
        new: "{ 'enum': 'Kind', 'data': [ 'disk', 'none' ] }\n\
                { 'struct': 'Disk', 'data': { 'path': 'str' } }\n\
                { 'union': 'It', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',\n\
                  'data': { 'disk': 'Disk' } }\n\
                { 'command': 'go', 'data': 'It', 'boxed': true }",
    },
};
