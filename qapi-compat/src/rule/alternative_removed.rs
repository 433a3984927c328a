use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "alternative-removed",
    inverse: "alternative-added",
    wording: "{it} is removed",
    sent: Severity::Breaks,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU rejects values of this JSON type. Clients are not affected by an alternative that is no longer sent.",
    program: "The variant is removed.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'alternate': 'It', 'data': { 'name': 'str', 'number': 'int' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
        new: "{ 'alternate': 'It', 'data': { 'name': 'str' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
    },
};
