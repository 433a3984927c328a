use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "now-any",
    inverse: "no-longer-any",
    wording: "{it} now takes any value, not only {old}",
    sent: Severity::Fine,
    received: Severity::Breaks,
    rust: Severity::Breaks,
    reason: "QEMU still accepts all values that it accepted before. A client fails to decode a value of another type.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'str' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'any' } }",
    },
};
