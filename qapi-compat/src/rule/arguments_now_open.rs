use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "arguments-now-open",
    inverse: "arguments-now-closed",
    wording: "{it} takes arguments that the schema does not describe",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU still accepts all values that it accepted before.",
    program: "The command gets a field `rest`.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'a': 'str' } }",
        new: "{ 'command': 'go', 'data': { 'a': 'str' }, 'gen': false }",
    },
};
