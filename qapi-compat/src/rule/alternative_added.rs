use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "alternative-added",
    inverse: "alternative-removed",
    wording: "{it} is new",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "A client does not send an alternative that it does not know. Generated types keep a value of a JSON type that they do not know.",
    program: "The alternate has one more variant; a `match` has a `_` arm.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'alternate': 'It', 'data': { 'name': 'str' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
        new: "{ 'alternate': 'It', 'data': { 'name': 'str', 'number': 'int' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
    },
};
