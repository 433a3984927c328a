use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "integer-now-number",
    inverse: "number-now-integer",
    wording: "{it} may now have a fraction",
    sent: Severity::Fine,
    received: Severity::Breaks,
    rust: Severity::Breaks,
    reason: "A number may be an integer, so QEMU still accepts all values that it accepted before. A client fails to decode a fraction.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'int' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'number' } }",
    },
};
