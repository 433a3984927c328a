use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-removed",
    inverse: "member-added",
    wording: "optional {it} is removed",
    sent: Severity::Breaks,
    received: Severity::MayBreak,
    rust: Severity::Breaks,
    reason: "QEMU refuses an argument that it does not know. A client must expect that an optional member is not sent, but may rely on it.",
    program: "The field is gone.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { '*now': 'bool' } }",
        new: "{ 'command': 'go', 'data': {} }",
    },
};
