use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "integer-narrowed",
    inverse: "integer-widened",
    wording: "{it} is now {new}, which holds less than {old}",
    sent: Severity::MayBreak,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU rejects numbers outside the range of the new type.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'uint32' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'uint8' } }",
    },
};
