use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "type-removed",
    inverse: "type-added",
    wording: "{it} is removed",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "Type names do not appear on the wire.",
    program: "The type is removed.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }\n\
                { 'struct': 'It', 'data': {} }",
        new: "{ 'command': 'go' }",
    },
};
