use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "no-longer-any",
    inverse: "now-any",
    wording: "{it} now takes only {new}, no longer any value",
    sent: Severity::MayBreak,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU rejects values of other types. The schema does not say which values it accepted before. A client accepts any value.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'any' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'str' } }",
    },
};
