use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "type-changed",
    inverse: "type-changed",
    wording: "{it} is now {new}, no longer {old}",
    sent: Severity::Breaks,
    received: Severity::Breaks,
    rust: Severity::Breaks,
    reason: "The two types have no value in common.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'str' } }",
        new: "{ 'command': 'go', 'data': { 'it': [ 'str' ] } }",
    },
};
