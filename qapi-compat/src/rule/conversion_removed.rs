use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "conversion-removed",
    inverse: "conversion-added",
    wording: "{it} no longer converts from {old}",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::MayBreak,
    reason: "Conversions make no difference on the wire.",
    program: "A struct converts from its only member, a union from a type that only one of its branches has, and a command or an event from the struct of its members. `new` still takes the value.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'struct': 'It', 'data': { 'name': 'str' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
        new: "{ 'struct': 'It', 'data': { 'name': 'str', '*size': 'int' } }\n\
                { 'command': 'go', 'data': { 'it': 'It' } }",
    },
};
