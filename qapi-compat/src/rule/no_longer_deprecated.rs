use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "no-longer-deprecated",
    inverse: "deprecated",
    wording: "{it} is no longer deprecated",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "It is no longer scheduled for removal.",
    program: "The compiler no longer warns.",
    promise: "docs/about/deprecated",
    example: Example {
        old: "{ 'command': 'go', 'features': [ 'deprecated' ] }",
        new: "{ 'command': 'go' }",
    },
};
