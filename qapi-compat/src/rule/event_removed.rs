use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "event-removed",
    inverse: "event-added",
    wording: "{it} is removed",
    sent: Severity::Breaks,
    received: Severity::Breaks,
    rust: Severity::Breaks,
    reason: "A client that waits for the event waits forever.",
    program: "The event's struct and its variant are removed.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'event': 'STOP' }\n\
                { 'event': 'GO' }",
        new: "{ 'event': 'STOP' }",
    },
};
