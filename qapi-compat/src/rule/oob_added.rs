use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "oob-added",
    inverse: "oob-removed",
    wording: "{it} may now be executed out of band",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Clients do not execute it out of band.",
    program: "`ALLOW_OOB` changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }",
        new: "{ 'command': 'go', 'allow-oob': true }",
    },
};
