use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "event-added",
    inverse: "event-removed",
    wording: "{it} is new",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Clients ignore events that they do not know.",
    program: "`Event` has one more variant; a `match` has a `_` arm.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'event': 'STOP' }",
        new: "{ 'event': 'STOP' }\n\
                { 'event': 'GO' }",
    },
};
