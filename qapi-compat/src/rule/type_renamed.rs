use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "type-renamed",
    inverse: "type-renamed",
    wording: "{it} now has the type {new}, no longer {old}",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "Type names do not appear on the wire.",
    program: "The type's name changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': {} }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'That', 'data': {} }\n\
                { 'command': 'go', 'returns': 'That' }",
    },
};
