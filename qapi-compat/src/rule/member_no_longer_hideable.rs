use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-no-longer-hideable",
    inverse: "member-now-hideable",
    wording: "required {it} is never left out under `-compat` now",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "What is neither deprecated nor unstable is always sent.",
    program: "The field is no longer an `Option`.",
    promise: "docs/about/deprecated",
    example: Example {
        old: "{ 'struct': 'It', 'data': { 'now': { 'type': 'bool', 'features': [ 'deprecated' ] } } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': { 'now': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
