use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "alternative-added",
    inverse: "alternative-removed",
    wording: "{it} is new",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Clients do not send unknown alternatives. Generated types keep values of an unknown JSON type.",
    program: "The alternate has one more variant. A `match` already needs a `_` arm.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'alternate': 'It', 'data': { 'name': 'str' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
        new: "{ 'alternate': 'It', 'data': { 'name': 'str', 'number': 'int' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
    },
};
