use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "no-longer-recursive",
    inverse: "now-recursive",
    wording: "{it} is no longer recursive",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::MayBreak,
    reason: "Recursion makes no difference on the wire.",
    program: "A field in the cycle is no longer boxed. `new` and setters accept the value as before.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { '*inner': 'Inner' } }\n\
                { 'struct': 'Inner', 'data': { '*outer': 'It' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
        new: "{ 'struct': 'It', 'data': { '*inner': 'Inner' } }\n\
                { 'struct': 'Inner', 'data': {} }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
    },
};
