use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "command-added",
    inverse: "command-removed",
    wording: "{it} is new",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "A client that does not know the command does not use it.",
    program: "Programs are not affected.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'stop' }",
        new: "{ 'command': 'stop' }\n\
                { 'command': 'go' }",
    },
};
