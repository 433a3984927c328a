use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "no-longer-recursive",
    inverse: "now-recursive",
    wording: "{it} is no longer recursive",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::MayBreak,
    reason: "Recursion makes no difference on the wire.",
    program: "A field in the cycle is no longer boxed.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { '*next': 'It' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': {} }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
