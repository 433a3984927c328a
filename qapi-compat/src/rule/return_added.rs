use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "return-added",
    inverse: "return-removed",
    wording: "{it} returns {new} now",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "The client ignores the members of what it receives.",
    program: "`Return` is a type of the schema, no longer the empty one.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }\n\
                { 'struct': 'It', 'data': {} }",
        new: "{ 'command': 'go', 'returns': 'It' }\n\
                { 'struct': 'It', 'data': {} }",
    },
};
