use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "value-removed",
    inverse: "value-added",
    wording: "{it} is removed",
    sent: Severity::Breaks,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU rejects unknown values. Clients are not affected by a value that is no longer sent.",
    program: "The variant is removed.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'enum': 'Pace', 'data': [ 'slow', 'fast' ] }\n\
                { 'command': 'go', 'data': { 'pace': 'Pace' } }",
        new: "{ 'enum': 'Pace', 'data': [ 'slow' ] }\n\
                { 'command': 'go', 'data': { 'pace': 'Pace' } }",
    },
};
