use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "alternative-removed",
    inverse: "alternative-added",
    wording: "{it} is removed",
    sent: Severity::Breaks,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU refuses a value of this JSON type. An alternative that is no longer sent harms nobody.",
    program: "The variant is gone.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'alternate': 'It', 'data': { 'name': 'str', 'number': 'int' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
        new: "{ 'alternate': 'It', 'data': { 'name': 'str' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
    },
};
