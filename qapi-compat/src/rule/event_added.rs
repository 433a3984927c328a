use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "event-added",
    inverse: "event-removed",
    wording: "{it} is new",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Clients ignore unknown events.",
    program: "`Event` has one more variant. A `match` already needs a `_` arm.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'event': 'STOP' }",
        new: "{ 'event': 'STOP' }\n\
                { 'event': 'GO' }",
    },
};
