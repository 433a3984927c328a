use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-no-longer-hideable",
    inverse: "member-now-hideable",
    wording: "required {it} is no longer omitted under `-compat`",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "Members that are neither deprecated nor unstable are always sent.",
    program: "The field is no longer an `Option`.",
    promise: "docs/about/deprecated",
    example: Example {
        old: "{ 'struct': 'It', 'data': { 'now': { 'type': 'bool', 'features': [ 'deprecated' ] } } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': { 'now': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
