//! The rules that need the whole schema, in the order in which QEMU applies them: its first error comes first.
//!
//! Implements QAPI.md section 5, and what section 6 says of documentation and the definition it documents.

mod alternates;
mod commands;
mod docs;
mod features;
mod members;
pub(crate) mod names;
mod objects;
mod references;
mod unions;

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use crate::ast::{Doc, EnumValue};
use crate::diagnostic::{Diagnostic, Findings};
use crate::load::Pragmas;
use crate::schema::Id;
use crate::schema::draft::{Draft, DraftKind, Drafts, Reference};
use crate::source::Span;
use members::Seen;

/// How many errors there may be before names that are not known go without a suggestion.
const MAX_SUGGESTIONS: usize = 100;

/// Checks all definitions, follows their references, and ties documentation to what it documents.
pub(crate) fn run(drafts: &Drafts, docs: &mut [Doc], pragmas: &Pragmas, findings: &mut Findings) {
    let progress = vec![Progress::Unvisited; drafts.list.len()];
    let mut checker = Checker {
        drafts,
        pragmas,
        findings,
        progress,
        members: HashMap::new(),
        open: Vec::new(),
        levels: HashMap::new(),
        unknown: HashMap::new(),
    };
    for id in checker.drafts.ids() {
        checker.definition(id);
        checker.documentation(id, docs);
    }
    checker.bogus_documentation(docs);
    features::check_count(checker.drafts, checker.findings);
}

/// How far the check of an object has come; others are visited once, in order.
#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Unvisited,
    Open,
    Done,
}

struct Checker<'a> {
    drafts: &'a Drafts,
    pragmas: &'a Pragmas,
    findings: &'a mut Findings,
    progress: Vec<Progress>,
    /// The members of each object that has been checked, those of its bases among them.
    members: HashMap<Id, Rc<Seen>>,
    /// How many objects are being checked, one inside the other.
    open: Vec<Id>,
    /// How many levels of bases and branches stand below each object that has been checked.
    levels: HashMap<Id, usize>,
    /// Unknown types, and the index of the finding about each.
    unknown: HashMap<String, usize>,
}

impl<'a> Checker<'a> {
    fn draft(&self, id: Id) -> &'a Draft {
        self.drafts.get(id)
    }

    /// A fault at `span`, reported on the definition `id`.
    fn fault(&self, id: Id, span: Span, message: impl Into<String>) -> Diagnostic {
        let fault = Diagnostic::error(span, message);
        match self.draft(id).at {
            Some(at) => fault.within(at.whole),
            None => fault,
        }
    }

    /// Whether to look for the name that was meant: behind a hundred errors that takes long and helps nobody.
    fn may_suggest(&self) -> bool {
        self.findings.errors() < MAX_SUGGESTIONS
    }

    /// Where the name of a definition stands.
    fn name_span(&self, id: Id) -> Span {
        self.draft(id).at.map_or(Span::NOWHERE, |at| at.name)
    }

    fn definition(&mut self, id: Id) {
        match &self.draft(id).kind {
            DraftKind::Builtin(_) | DraftKind::Extern => {}
            DraftKind::Enum { values, .. } => self.enumeration(id, values),
            DraftKind::Array { element } => self.array(id, element),
            DraftKind::Object { .. } => self.object(id),
            DraftKind::Alternate { alternatives } => self.alternate(id, alternatives),
            DraftKind::Command {
                data,
                returns,
                flags,
            } => self.command(id, data.as_ref(), returns.as_ref(), flags.boxed),
            DraftKind::Event { data, boxed } => self.event(id, data.as_ref(), *boxed),
        }
    }

    fn array(&mut self, id: Id, element: &Reference) {
        let Some(ty) = self.resolve(id, "array", element) else {
            return;
        };
        if let DraftKind::Array { .. } = self.draft(ty).kind {
            let described = self.draft(ty).describe();
            let message = format!("array cannot take {described}");
            let fault = self.fault(id, element.span, message);
            let hint = "put the inner array into a struct";
            self.findings.tolerate(fault.hint(hint));
        }
    }

    fn enumeration(&mut self, id: Id, values: &[EnumValue]) {
        self.own_features(id);
        let mut seen: HashMap<Cow<'_, str>, &EnumValue> = HashMap::new();
        for value in values {
            let name = &value.name;
            let Some(other) = seen.insert(names::c_name(&name.value), value) else {
                continue;
            };
            let other = &other.name;
            let message = format!(
                "value '{}' collides with value '{}'",
                name.value, other.value
            );
            let fault = self.fault(id, name.span, message);
            self.findings
                .push(fault.label(other.span, "the other value"));
        }
    }
}
