use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "no-longer-unstable",
    inverse: "unstable",
    wording: "{it} is no longer unstable",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Stable interfaces follow the compatibility rules.",
    program: "Programs continue to compile.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'features': [ 'unstable' ] }",
        new: "{ 'command': 'go' }",
    },
};
