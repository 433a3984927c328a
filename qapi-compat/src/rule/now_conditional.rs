use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "now-conditional",
    inverse: "no-longer-conditional",
    wording: "{it} depends on the configuration of QEMU now",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Fine,
    reason: "A QEMU that was built without it lacks it.",
    program: "It continues to compile, unless the build script decides the condition.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }",
        new: "{ 'command': 'go', 'if': 'CONFIG_CLOCK' }",
    },
};
