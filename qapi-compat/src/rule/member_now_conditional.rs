use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-now-conditional",
    inverse: "member-no-longer-conditional",
    wording: "required {it} depends on the configuration of QEMU now",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Breaks,
    reason: "A QEMU that was built without it lacks it.",
    program: "The field becomes an `Option`, unless the build script decides the condition.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { 'now': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': { 'now': { 'type': 'bool', 'if': 'CONFIG_CLOCK' } } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
