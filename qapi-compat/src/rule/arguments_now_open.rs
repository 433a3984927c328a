use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "arguments-now-open",
    inverse: "arguments-now-closed",
    wording: "{it} now takes arguments that the schema does not describe",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::MayBreak,
    reason: "QEMU still accepts all values that it accepted before.",
    program: "The command gets a field `rest`, and no longer converts from the struct of its arguments.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'Options', 'data': { 'a': 'str' } }\n\
                { 'command': 'go', 'data': 'Options' }",
        new: "{ 'struct': 'Options', 'data': { 'a': 'str' } }\n\
                { 'command': 'go', 'data': 'Options', 'gen': false }",
    },
};
