use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "integer-sign-changed",
    inverse: "integer-sign-changed",
    wording: "{it} is {new} now, no longer {old}",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Breaks,
    reason: "Each type has numbers that the other lacks. Numbers that both have, which most are, make no difference.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'int' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'size' } }",
    },
};
