use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-added",
    inverse: "member-removed",
    wording: "optional {it} is new",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "QEMU does not require an optional argument, and clients ignore unknown members.",
    program: "Programs continue to compile, since structs are created with `new`.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': {} }",
        new: "{ 'command': 'go', 'data': { '*now': 'bool' } }",
    },
};
