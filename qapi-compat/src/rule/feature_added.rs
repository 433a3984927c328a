use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "feature-added",
    inverse: "feature-removed",
    wording: "{it} is new",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Clients do not look for unknown features.",
    program: "Programs are not affected.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }",
        new: "{ 'command': 'go', 'features': [ 'fast-lane' ] }",
    },
};
