use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "command-removed",
    inverse: "command-added",
    wording: "{it} is removed",
    sent: Severity::Breaks,
    received: Severity::Breaks,
    rust: Severity::Breaks,
    reason: "QEMU rejects the command with the error `CommandNotFound`.",
    program: "The command's struct is removed.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'stop' }\n\
                { 'command': 'go' }",
        new: "{ 'command': 'stop' }",
    },
};
