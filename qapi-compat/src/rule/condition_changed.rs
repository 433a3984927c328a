use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "condition-changed",
    inverse: "condition-changed",
    wording: "{it} depends on another condition",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Fine,
    reason: "A QEMU that has it may lack it when it is built in the same way again.",
    program: "It continues to compile, unless the build script decides one of the conditions.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'if': 'CONFIG_A' }",
        new: "{ 'command': 'go', 'if': 'CONFIG_B' }",
    },
};
