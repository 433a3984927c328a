use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "member-now-hideable",
    inverse: "member-no-longer-hideable",
    wording: "required {it} may now be omitted under `-compat`",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU omits it only if started with `-compat deprecated-output=hide` or `unstable-output=hide`.",
    program: "The field becomes an `Option`; `new` still takes it if clients also send the type.",
    promise: "docs/about/deprecated",
    example: Example {
        old: "{ 'struct': 'It', 'data': { 'now': 'bool' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'struct': 'It', 'data': { 'now': { 'type': 'bool', 'features': [ 'deprecated' ] } } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
