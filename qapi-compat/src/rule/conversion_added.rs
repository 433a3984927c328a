use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "conversion-added",
    inverse: "conversion-removed",
    wording: "{it} now converts from {new}",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Conversions make no difference on the wire.",
    program: "Programs continue to compile.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { 'name': 'str', '*size': 'int' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
        new: "{ 'struct': 'It', 'data': { 'name': 'str' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
    },
};
