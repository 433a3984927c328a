use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-now-hideable",
    inverse: "member-no-longer-hideable",
    wording: "required {it} may be left out under `-compat` now",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "Only a QEMU that is started with `-compat deprecated-output=hide` or `unstable-output=hide` leaves it out.",
    program: "The field becomes an `Option`; `new` still takes it where clients send the type, too.",
    promise: "docs/about/deprecated",
    example: Example {
        old: "{ 'struct': 'It', 'data': { 'now': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': { 'now': { 'type': 'bool', 'features': [ 'deprecated' ] } } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
