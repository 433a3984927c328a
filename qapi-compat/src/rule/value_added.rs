use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "value-added",
    inverse: "value-removed",
    wording: "{it} is new",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Clients do not send unknown values. Generated types keep them.",
    program: "The enum has one more variant. A `match` already needs a `_` arm.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'enum': 'Pace', 'data': [ 'slow' ] }\n\
                { 'command': 'go', 'data': { 'pace': 'Pace' } }",
        new: "{ 'enum': 'Pace', 'data': [ 'slow', 'fast' ] }\n\
                { 'command': 'go', 'data': { 'pace': 'Pace' } }",
    },
};
