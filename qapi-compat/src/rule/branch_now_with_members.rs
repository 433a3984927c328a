use super::definition::{Example, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "branch-now-with-members",
    inverse: "branch-without-members",
    wording: "{it} now has members",
    sent: Severity::Fine,
    received: Severity::Fine,
    rust: Severity::Breaks,
    reason: "Differences in the members are reported separately.",
    program: "The pattern `Bell` no longer compiles; `Bell { .. }` compiles in both cases.",
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
