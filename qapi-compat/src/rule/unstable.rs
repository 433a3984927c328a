use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "unstable",
    inverse: "no-longer-unstable",
    wording: "{it} is now unstable",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Fine,
    reason: "Unstable features may change or be removed at any time.",
    program: "Programs continue to compile.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }",
        new: "{ 'command': 'go', 'features': [ 'unstable' ] }",
    },
};
