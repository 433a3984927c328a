use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-now-required",
    inverse: "member-now-optional",
    wording: "{it} is now required",
    sent: Severity::Breaks,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU rejects the command without the argument. A client that treats a member as optional also accepts one that is always sent.",
    program: "The field is no longer an `Option`, and `new` takes it.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { '*now': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': { 'now': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
