use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "success-response-removed",
    inverse: "success-response-added",
    wording: "{it} no longer answers when it succeeds",
    sent: Severity::Breaks,
    received: Severity::Breaks,
    rust: Severity::Fine,
    reason: "A client that waits for the answer waits forever.",
    program: "`SUCCESS_RESPONSE` changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }",
        new: "{ 'command': 'go', 'success-response': false }",
    },
};
