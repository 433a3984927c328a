use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "mandatory-member-removed",
    inverse: "mandatory-member-added",
    wording: "required {it} is removed",
    sent: Severity::Breaks,
    received: Severity::Breaks,
    rust: Severity::Breaks,
    reason: "QEMU refuses an argument that it does not know, and a client fails to decode what lacks a required member.",
    program: "The field is gone, and `new` takes one argument less.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'now': 'bool' } }",
        new: "{ 'command': 'go', 'data': {} }",
    },
};
