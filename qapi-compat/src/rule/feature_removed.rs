use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "feature-removed",
    inverse: "feature-added",
    wording: "{it} is removed",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Fine,
    reason: "A client that looks for the feature no longer uses the functionality that it signals.",
    program: "Programs are not affected.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'features': [ 'fast-lane' ] }",
        new: "{ 'command': 'go' }",
    },
};
