use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "arguments-now-closed",
    inverse: "arguments-now-open",
    wording: "{it} no longer takes arguments that the schema does not describe",
    sent: Severity::MayBreak,
    received: Severity::MayBreak,
    rust: Severity::Breaks,
    reason: "QEMU rejects arguments that it accepted before, unless the schema now describes them.",
    program: "The command's field `rest` is removed.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'Options', 'data': { 'a': 'str' } }\n\
                { 'command': 'go', 'data': 'Options', 'gen': false }",
        new: "{ 'struct': 'Options', 'data': { 'a': 'str' } }\n\
                { 'command': 'go', 'data': 'Options' }",
    },
};
