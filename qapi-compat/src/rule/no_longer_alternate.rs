use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "no-longer-alternate",
    inverse: "now-alternate",
    wording: "{it} is now only {new}, one of its former alternatives",
    sent: Severity::Breaks,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "QEMU rejects the other alternatives. Clients still decode the remaining one.",
    program: "The field's type changes.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'alternate': 'It', 'data': { 'flag': 'bool', 'name': 'OnWhat' } }\n\
                { 'enum': 'OnWhat', 'data': [ 'read' ] }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
        new: "{ 'command': 'go', 'data': { 'it': 'bool' } }",
    },
};
