use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "success-response-added",
    inverse: "success-response-removed",
    wording: "{it} now sends a response on success",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Fine,
    reason: "A client that does not expect the response may mistake it for another one.",
    program: "`SUCCESS_RESPONSE` changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'success-response': false }",
        new: "{ 'command': 'go' }",
    },
};
