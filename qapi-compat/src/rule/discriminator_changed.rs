use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "discriminator-changed",
    inverse: "discriminator-changed",
    wording: "{it} now has a different discriminator",
    sent: Severity::Breaks,
    received: Severity::Breaks,
    rust: Severity::Breaks,
    reason: "The same object now has members of other branches.",
    program: "The discriminator's method and the branches change.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'enum': 'Kind', 'data': [ 'disk', 'none' ] }\n\
                { 'struct': 'Disk', 'data': { 'path': 'str' } }\n\
                { 'union': 'It', 'base': { 'kind': 'Kind', 'sort': 'Kind' }, 'discriminator': 'kind',\n\
                  'data': { 'disk': 'Disk' } }\n\
                { 'command': 'go', 'data': 'It', 'boxed': true }",
        new: "{ 'enum': 'Kind', 'data': [ 'disk', 'none' ] }\n\
                { 'struct': 'Disk', 'data': { 'path': 'str' } }\n\
                { 'union': 'It', 'base': { 'kind': 'Kind', 'sort': 'Kind' }, 'discriminator': 'sort',\n\
                  'data': { 'disk': 'Disk' } }\n\
                { 'command': 'go', 'data': 'It', 'boxed': true }",
    },
};
