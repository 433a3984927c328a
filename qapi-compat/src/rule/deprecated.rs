use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "deprecated",
    inverse: "no-longer-deprecated",
    wording: "{it} is deprecated",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Deprecated interfaces work in this release and the next one.",
    program: "The compiler warns where it is used.",
    promise: "docs/about/deprecated",
    example: Example {
        old: "{ 'command': 'go' }",
        new: "{ 'command': 'go', 'features': [ 'deprecated' ] }",
    },
};
