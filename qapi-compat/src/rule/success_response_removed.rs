use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "success-response-removed",
    inverse: "success-response-added",
    wording: "{it} no longer sends a response on success",
    sent: Severity::Breaks,
    received: Severity::Breaks,
    rust: Severity::Fine,
    reason: "A client that waits for the response waits forever.",
    program: "`SUCCESS_RESPONSE` changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }",
        new: "{ 'command': 'go', 'success-response': false }",
    },
};
