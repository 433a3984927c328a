use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-no-longer-conditional",
    inverse: "member-now-conditional",
    wording: "required {it} no longer depends on the configuration of QEMU",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "Every QEMU supports it.",
    program: "The field is no longer an `Option`.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { 'now': { 'type': 'bool', 'if': 'CONFIG_CLOCK' } } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': { 'now': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
