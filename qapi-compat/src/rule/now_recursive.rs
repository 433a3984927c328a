use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "now-recursive",
    inverse: "no-longer-recursive",
    wording: "{it} is now recursive",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::MayBreak,
    reason: "Recursion makes no difference on the wire.",
    program: "A field in the cycle is boxed. `new` and setters accept the value as before.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { '*inner': 'Inner' } }\n\
                { 'struct': 'Inner', 'data': {} }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
        new: "{ 'struct': 'It', 'data': { '*inner': 'Inner' } }\n\
                { 'struct': 'Inner', 'data': { '*outer': 'It' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
    },
};
