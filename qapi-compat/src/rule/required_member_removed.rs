use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "required-member-removed",
    inverse: "required-member-added",
    wording: "required {it} is removed",
    sent: Severity::Breaks,
    received: Severity::Breaks,
    rust: Severity::Breaks,
    reason: "QEMU rejects unknown arguments. A client fails to decode a value without a required member.",
    program: "The field is removed, and `new` takes one argument fewer.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'now': 'bool' } }",
        new: "{ 'command': 'go', 'data': {} }",
    },
};
