use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "value-removed",
    inverse: "value-added",
    wording: "{it} is removed",
    sent: Severity::Breaks,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU refuses a value that it does not know. A value that is no longer sent harms nobody.",
    program: "The variant is gone.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'enum': 'Pace', 'data': [ 'slow', 'fast' ] }\n\
                { 'command': 'go', 'data': { 'pace': 'Pace' } }",
        new: "{ 'enum': 'Pace', 'data': [ 'slow' ] }\n\
                { 'command': 'go', 'data': { 'pace': 'Pace' } }",
    },
};
