//! The context of reading a definition.

use std::fmt::Arguments;

use crate::ast::Name;
use crate::diagnostic::{Diagnostic, Findings, nearest};
use crate::dialect::Dialect;
use crate::load::Pragmas;
use crate::names::Fault;
use crate::source::Span;
use crate::syntax::Object;

pub(super) struct Context<'a> {
    pub(super) pragmas: &'a Pragmas<'a>,
    pub(super) findings: &'a mut Findings,
    /// The object of the definition.
    pub(super) definition: Span,
    /// How many invalid names have been reported.
    pub(super) invalid_names: usize,
}

impl Context<'_> {
    /// An error at `span` in the definition.
    pub(super) fn fault(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(span, message).within(self.definition)
    }

    pub(super) fn error(&mut self, span: Span, message: impl Into<String>) {
        let fault = self.fault(span, message);
        self.findings.push(fault);
    }

    /// Reports a name that is invalid, or violates the rule that `style` states. `source` describes what has the name.
    pub(super) fn name(
        &mut self,
        name: Name<'_>,
        result: Result<(), Fault>,
        source: Arguments<'_>,
        style: &str,
    ) {
        match result {
            Ok(()) => {}
            Err(Fault::Invalid) => {
                self.invalid_names += 1;
                let fault = self.fault(name.span, format!("{source} has an invalid name"));
                self.findings.push(fault.hint(
                    "names start with a letter and contain only letters, digits, '-' and '_'; the prefix 'q_' is reserved",
                ));
            }
            Err(Fault::Dotted) => {
                let fault = self.fault(name.span, format!("{source} has an invalid name"));
                let hint = Dialect::DOTTED_NAME.hint();
                self.findings.tolerate(fault.hint(hint));
            }
            Err(Fault::Style) => {
                let fault = self.fault(name.span, format!("name of {source} {style}"));
                self.findings.tolerate(fault);
            }
        }
    }

    /// Checks that an object at `span` has all required keys, and otherwise only optional ones.
    pub(super) fn keys(
        &mut self,
        object: Object<'_>,
        span: Span,
        source: Arguments<'_>,
        required: &[&'static str],
        optional: &[&'static str],
    ) {
        for key in required.iter().filter(|key| object.get(key).is_none()) {
            self.error(span, format!("{source} misses key '{key}'"));
        }
        let allowed = || required.iter().chain(optional).copied();
        for (key, _) in object.iter() {
            if allowed().any(|allowed| allowed == key.value) {
                continue;
            }
            let message = format!("{source} has unknown key '{}'", key.value);
            let hint = match nearest(key.value, allowed()) {
                Some(near) => format!("did you mean '{near}'?"),
                None => {
                    let mut keys: Vec<_> = allowed().map(|k| format!("'{k}'")).collect();
                    keys.sort();
                    format!("valid keys are {}", keys.join(", "))
                }
            };
            let fault = self.fault(key.span, message);
            self.findings.push(fault.hint(hint));
        }
    }
}
