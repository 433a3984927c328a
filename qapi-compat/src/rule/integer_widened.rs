use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "integer-widened",
    inverse: "integer-narrowed",
    wording: "{it} is now {new}, which holds more than {old}",
    sent: Severity::Fine,
    received: Severity::MayBreak,
    rust: Severity::Breaks,
    reason: "QEMU still accepts all values that it accepted before. A client fails to decode a number outside the range of the old type.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'uint8' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'uint32' } }",
    },
};
