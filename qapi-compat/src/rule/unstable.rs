use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "unstable",
    inverse: "no-longer-unstable",
    wording: "{it} is unstable now",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Fine,
    reason: "What is unstable may change or be removed at any time.",
    program: "It continues to compile.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }",
        new: "{ 'command': 'go', 'features': [ 'unstable' ] }",
    },
};
