use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "mandatory-member-added",
    inverse: "mandatory-member-removed",
    wording: "required {it} is new",
    sent: Severity::Breaks,
    received: Severity::Fine,
    rust: Severity::MayBreak,
    reason: "QEMU refuses a command that lacks a required argument. Clients ignore unknown members of what they receive.",
    program: "`new` takes one more argument; a program that only reads the type does not notice.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': {} }",
        new: "{ 'command': 'go', 'data': { 'now': 'bool' } }",
    },
};
