use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "required-member-added",
    inverse: "required-member-removed",
    wording: "required {it} is new",
    sent: Severity::Breaks,
    received: Severity::Fine,
    rust: Severity::MayBreak,
    reason: "QEMU rejects a command without a required argument. Clients ignore unknown members.",
    program: "`new` takes one more argument. Programs that only read the type are not affected.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': {} }",
        new: "{ 'command': 'go', 'data': { 'now': 'bool' } }",
    },
};
