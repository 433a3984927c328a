use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "type-added",
    inverse: "type-removed",
    wording: "{it} is new",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Fine,
    reason: "Type names do not appear on the wire.",
    program: "Programs are not affected.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go' }",
        new: "{ 'command': 'go' }\n\
                { 'struct': 'It', 'data': {} }",
    },
};
