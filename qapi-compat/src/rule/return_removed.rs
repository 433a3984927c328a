use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "return-removed",
    inverse: "return-added",
    wording: "{it} no longer returns {old}",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "Differences in the members are reported separately.",
    program: "`Return` becomes the empty type.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'returns': 'It' }\n\
                { 'struct': 'It', 'data': {} }",
        new: "{ 'command': 'go' }\n\
                { 'struct': 'It', 'data': {} }",
    },
};
