use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "string-now-enum",
    inverse: "enum-now-string",
    wording: "{it} now takes only the values of an enum",
    sent: Severity::MayBreak,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU rejects other strings. The schema does not say which strings it accepted before. The values of an enum are strings.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'str' } }",
        new: "{ 'enum': 'Pace', 'data': [ 'slow' ] }\n\
                { 'command': 'go', 'data': { 'it': 'Pace' } }",
    },
};
