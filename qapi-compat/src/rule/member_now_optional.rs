use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-now-optional",
    inverse: "member-now-required",
    wording: "{it} is now optional",
    sent: Severity::Fine,
    received: Severity::Breaks,
    rust: Severity::Breaks,
    reason: "QEMU no longer requires the argument. A client fails to decode a reply or an event without the member.",
    program: "The field becomes an `Option`, which `new` does not take.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { 'now': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': { '*now': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
