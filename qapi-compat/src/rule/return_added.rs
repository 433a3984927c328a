use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "return-added",
    inverse: "return-removed",
    wording: "{it} now returns {new}",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "Clients ignore unknown members.",
    program: "`Return` becomes a type of the schema instead of the empty type.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }\n\
                { 'struct': 'It', 'data': {} }",
        new: "{ 'command': 'go', 'returns': 'It' }\n\
                { 'struct': 'It', 'data': {} }",
    },
};
