use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "now-alternate",
    inverse: "no-longer-alternate",
    wording: "{it} is now an alternate, which also accepts {old}",
    sent: Severity::Fine,
    received: Severity::Breaks,
    rust: Severity::Breaks,
    reason: "QEMU still accepts all values that it accepted before. A client fails to decode the other alternatives.",
    program: "The field's type changes; `new` and the setters convert from its old type.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'command': 'go', 'data': { 'it': 'bool' } }",
        new: "{ 'alternate': 'It', 'data': { 'flag': 'bool', 'name': 'OnWhat' } }\n\
                { 'enum': 'OnWhat', 'data': [ 'read' ] }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
    },
};
