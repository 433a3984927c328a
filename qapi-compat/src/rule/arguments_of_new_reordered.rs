use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "arguments-of-new-reordered",
    inverse: "arguments-of-new-reordered",
    wording: "{it} has its required members in another order",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "Members of an object may come in any order.",
    program: "`new` takes its arguments in another order. If their types are the same, the program compiles, but swaps their values.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'count': 'int', 'name': 'str' } }",
        new: "{ 'command': 'go', 'data': { 'name': 'str', 'count': 'int' } }",
    },
};
