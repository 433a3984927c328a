//! The settings of `pragma` directives.

use foldhash::HashSet;

use crate::ast::Name;
use crate::diagnostic::{Diagnostic, Findings};
use crate::dialect::Dialect;
use crate::source::Span;
use crate::syntax::{Node, Value};

const NAMES: [&str; 5] = [
    "doc-required",
    "command-name-exceptions",
    "command-returns-exceptions",
    "documentation-exceptions",
    "member-name-exceptions",
];

/// The pragmas of the whole schema. A later setting replaces an earlier one.
#[derive(Debug, Default)]
pub(crate) struct Pragmas<'a> {
    pub(crate) doc_required: bool,
    pub(crate) command_name_exceptions: HashSet<&'a str>,
    pub(crate) command_returns_exceptions: HashSet<&'a str>,
    pub(crate) documentation_exceptions: HashSet<&'a str>,
    pub(crate) member_name_exceptions: HashSet<&'a str>,
}

impl<'a> Pragmas<'a> {
    /// Applies a setting of the directive at `directive`.
    pub(super) fn set(
        &mut self,
        name: Name<'a>,
        value: Value<'a>,
        directive: Span,
        findings: &mut Findings,
    ) {
        let fault = |message: String| Diagnostic::error(value.span(), message).within(directive);
        let exceptions = match name.value {
            "doc-required" => {
                match value.node() {
                    Node::Bool(on) => self.doc_required = on,
                    _ => findings.push(fault("pragma 'doc-required' must be boolean".into())),
                }
                return;
            }
            "command-name-exceptions" => &mut self.command_name_exceptions,
            "command-returns-exceptions" => &mut self.command_returns_exceptions,
            "documentation-exceptions" => &mut self.documentation_exceptions,
            "member-name-exceptions" => &mut self.member_name_exceptions,
            old @ ("returns-whitelist" | "name-case-whitelist") => {
                let (new, exceptions) = match old {
                    "returns-whitelist" => (NAMES[2], &mut self.command_returns_exceptions),
                    _ => (NAMES[4], &mut self.member_name_exceptions),
                };
                let fault = Diagnostic::error(name.span, format!("unknown pragma '{old}'"));
                findings.tolerate(
                    fault
                        .within(directive)
                        .hint(Dialect::PRAGMA.hint_to_write(format_args!("'{new}'"))),
                );
                exceptions
            }
            unknown => {
                // A newer QEMU may have more pragmas, and no pragma changes the meaning of a schema.
                let fault = Diagnostic::error(name.span, format!("unknown pragma '{unknown}'"));
                findings.tolerate(fault.within(directive).hint_nearest(unknown, NAMES));
                return;
            }
        };
        let strings = value
            .as_array()
            .and_then(|list| list.iter().map(Value::as_str).collect());
        match strings {
            Some(names) => *exceptions = names,
            None => findings.push(fault(format!(
                "pragma {} must be a list of strings",
                name.value
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{messages, schema};

    #[test]
    fn a_later_setting_replaces_an_earlier_one_for_all_definitions() {
        let text = |names: &str| {
            format!(
                "{{ 'pragma': {{ 'command-returns-exceptions': [ 'a', 'b' ] }} }}\n\
                 {{ 'command': 'a', 'returns': 'int' }}\n\
                 {{ 'command': 'b', 'returns': 'int' }}\n\
                 {{ 'pragma': {{ 'command-returns-exceptions': [ {names} ] }} }}"
            )
        };
        schema(&text("'b', 'a', 'a'"));
        assert_eq!(
            messages(&text("'a'")),
            ["command's 'returns' cannot take built-in type 'int'"]
        );
        assert_eq!(messages(&text("")).len(), 2);
    }

    #[test]
    fn each_exception_applies_to_its_names() {
        schema(
            "{ 'pragma': { 'doc-required': true, 'command-name-exceptions': [ 'a_b' ],\n\
             'member-name-exceptions': [ 'Ab' ], 'documentation-exceptions': [ 'Ab' ] } }\n\
             ##\n# @a_b:\n##\n{ 'command': 'a_b' }\n\
             ##\n# @Ab:\n##\n{ 'struct': 'Ab', 'data': { 'X_y': 'int' } }",
        );
        let faults = messages(
            "{ 'pragma': { 'command-name-exceptions': [ 'A_b' ] } }\n{ 'command': 'A_b' }",
        );
        assert_eq!(faults, ["name of command must not use uppercase or '_'"]);
    }
}
