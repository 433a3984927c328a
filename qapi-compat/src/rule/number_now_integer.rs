use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "number-now-integer",
    inverse: "integer-now-number",
    wording: "{it} is now an integer",
    sent: Severity::Breaks,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU rejects numbers with a fraction. A client that expects a number accepts an integer.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'number' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'int' } }",
    },
};
