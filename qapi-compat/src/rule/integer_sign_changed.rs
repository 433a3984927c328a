use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "integer-sign-changed",
    inverse: "integer-sign-changed",
    wording: "{it} is now {new}, no longer {old}",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Breaks,
    reason: "Each type has values that the other lacks. Values in the range of both are not affected.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'int' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'size' } }",
    },
};
