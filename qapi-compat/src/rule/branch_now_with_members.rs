use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "branch-now-with-members",
    inverse: "branch-without-members",
    wording: "{it} has members now",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "What differs in the members is reported by itself.",
    program: "The variant `Bell` is no longer a pattern, while `Bell { .. }` is one before and after.",
    promise: "docs/devel/qapi-code-gen, \"Compatibility considerations\"",
    example: Example {
        old: "{ 'enum': 'Kind', 'data': [ 'disk', 'none' ] }\n\
                { 'struct': 'Disk', 'data': { '*path': 'str' } }\n\
                { 'union': 'It', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',\n\
                  'data': { 'disk': 'Disk' } }\n\
                { 'command': 'go', 'returns': 'It' }",
        new: "{ 'enum': 'Kind', 'data': [ 'disk', 'none' ] }\n\
                { 'struct': 'Disk', 'data': { '*path': 'str' } }\n\
                { 'union': 'It', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',\n\
                  'data': { 'disk': 'Disk', 'none': 'Disk' } }\n\
                { 'command': 'go', 'returns': 'It' }",
    },
};
