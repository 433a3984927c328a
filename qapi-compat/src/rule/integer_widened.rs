use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "integer-widened",
    inverse: "integer-narrowed",
    wording: "{it} is {new} now, which holds more than {old}",
    sent: Severity::Fine,
    received: Severity::MayBreak,
    rust: Severity::Breaks,
    reason: "QEMU accepts what it accepted before. A client fails to decode a number outside the old type's range.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'uint8' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'uint32' } }",
    },
};
