use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "no-longer-alternate",
    inverse: "now-alternate",
    wording: "{it} is only {new} now, one of the alternatives that it had",
    sent: Severity::Breaks,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU refuses the other alternatives. What is still sent is what a client expects.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'alternate': 'It', 'data': { 'flag': 'bool', 'name': 'OnWhat' } }\n\
                { 'enum': 'OnWhat', 'data': [ 'read' ] }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'bool' } }",
    },
};
