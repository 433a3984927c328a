use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "oob-removed",
    inverse: "oob-added",
    wording: "{it} may no longer be executed out of band",
    sent: Severity::Breaks,
    received: Severity::Breaks,
    rust: Severity::Fine,
    reason: "QEMU rejects its execution out of band.",
    program: "`ALLOW_OOB` changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'allow-oob': true }",
        new: "{ 'command': 'go' }",
    },
};
