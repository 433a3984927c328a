use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "name-no-longer-ambiguous",
    inverse: "name-now-ambiguous",
    wording: "{it} no longer differs from another name only in case or punctuation",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::MayBreak,
    reason: "Names on the wire are compared exactly.",
    program: "The name loses its trailing underscore.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { '*PC': 'str', '*pc': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': { '*PC': 'str' } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
