use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "name-now-ambiguous",
    inverse: "name-no-longer-ambiguous",
    wording: "{it} now differs from another name only in case or punctuation",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::MayBreak,
    reason: "Names on the wire are compared exactly.",
    program: "The less regular of the two names gets a trailing underscore. Without it, the name now refers to the other item.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { '*PC': 'str' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': { '*PC': 'str', '*pc': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
