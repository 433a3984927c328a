use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "enum-now-string",
    inverse: "string-now-enum",
    wording: "{it} now takes any string",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "The values of an enum are strings, and generated enums keep unknown strings.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'enum': 'Pace', 'data': [ 'slow' ] }\n\
                { 'command': 'go', 'data': { 'it': 'Pace' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'str' } }",
    },
};
