use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "now-conditional",
    inverse: "no-longer-conditional",
    wording: "{it} now depends on the configuration of QEMU",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Fine,
    reason: "A QEMU built without it does not support it.",
    program: "Programs continue to compile, unless the build script decides the condition.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }",
        new: "{ 'command': 'go', 'if': 'CONFIG_CLOCK' }",
    },
};
