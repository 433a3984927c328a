use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-removed",
    inverse: "member-added",
    wording: "optional {it} is removed",
    sent: Severity::Breaks,
    received: Severity::MayBreak,
    rust: Severity::Breaks,
    reason: "QEMU rejects unknown arguments. An optional member may always be absent, but clients may rely on it.",
    program: "The field is removed.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { '*now': 'bool' } }",
        new: "{ 'command': 'go', 'data': {} }",
    },
};
