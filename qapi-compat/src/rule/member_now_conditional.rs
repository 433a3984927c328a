use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-now-conditional",
    inverse: "member-no-longer-conditional",
    wording: "required {it} now depends on the configuration of QEMU",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Breaks,
    reason: "A QEMU built without it does not support it.",
    program: "The field becomes an `Option`, unless the build script decides the condition.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { 'now': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': { 'now': { 'type': 'bool', 'if': 'CONFIG_CLOCK' } } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
