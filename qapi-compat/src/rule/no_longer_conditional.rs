use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "no-longer-conditional",
    inverse: "now-conditional",
    wording: "{it} no longer depends on the configuration of QEMU",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Every QEMU supports it.",
    program: "Programs continue to compile.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'if': 'CONFIG_CLOCK' }",
        new: "{ 'command': 'go' }",
    },
};
