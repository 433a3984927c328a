use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "condition-changed",
    inverse: "condition-changed",
    wording: "{it} now depends on a different condition",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Fine,
    reason: "A QEMU built with the same configuration may no longer have it.",
    program: "Programs continue to compile, unless the build script decides one of the conditions.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'if': 'CONFIG_A' }",
        new: "{ 'command': 'go', 'if': 'CONFIG_B' }",
    },
};
