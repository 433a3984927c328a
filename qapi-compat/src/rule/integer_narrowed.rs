use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "integer-narrowed",
    inverse: "integer-widened",
    wording: "{it} is {new} now, which holds less than {old}",
    sent: Severity::MayBreak,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU refuses a number outside the new type's range.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'uint32' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'uint8' } }",
    },
};
