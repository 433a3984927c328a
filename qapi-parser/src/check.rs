//! The rules that need the whole schema, in the order in which QEMU applies them: its first error comes first.
//!
//! Implements docs/qapi.md section 5, and what section 6 says of documentation and the definition it documents.

mod alternates;
mod commands;
mod docs;
mod features;
mod members;
pub(crate) mod names;
mod objects;
mod references;
mod unions;

use std::rc::Rc;

use foldhash::HashMap;

use crate::ast::{Docs, EnumValue};
use crate::diagnostic::{Diagnostic, Findings};
use crate::load::Pragmas;
use crate::schema::Id;
use crate::schema::draft::{Draft, DraftKind, Drafts, Reference};
use crate::small_map::SmallMap;
use crate::source::Span;
use members::Seen;
use names::CName;

/// How many errors there may be before names that are not known go without a suggestion.
const MAX_SUGGESTIONS: usize = 100;

/// Checks all definitions, follows their references, and ties documentation to what it documents.
pub(crate) fn run<'a>(
    drafts: &'a Drafts<'a>,
    docs: &mut Docs<'a>,
    pragmas: &Pragmas<'_>,
    findings: &mut Findings,
) {
    let mut checker = Checker {
        drafts,
        pragmas,
        findings,
        objects: drafts.ids().map(|_| Object::default()).collect(),
        open: Vec::new(),
        unknown: HashMap::default(),
        bogus: Vec::new(),
    };
    for id in checker.drafts.ids() {
        checker.definition(id);
        checker.documentation(id, docs);
    }
    for fault in std::mem::take(&mut checker.bogus) {
        checker.findings.tolerate(fault);
    }
    features::check_count(checker.drafts, checker.findings);
}

/// What is known of an object.
#[derive(Default)]
struct Object<'a> {
    progress: Progress,
    /// Its members, those of its bases among them.
    members: Option<Rc<Seen<'a>>>,
    /// How many levels of bases and branches stand below it.
    levels: Option<usize>,
}

/// How far the check of an object has come; others are visited once, in order.
#[derive(Clone, Copy, Default, PartialEq)]
enum Progress {
    #[default]
    Unvisited,
    Open,
    Done,
}

struct Checker<'a, 'b> {
    drafts: &'a Drafts<'a>,
    pragmas: &'b Pragmas<'b>,
    findings: &'b mut Findings,
    /// One for each definition, objects or not.
    objects: Vec<Object<'a>>,
    /// The objects that are being checked, one inside the other.
    open: Vec<Id>,
    /// Unknown types, and the index of the finding about each.
    unknown: HashMap<&'a str, usize>,
    /// Descriptions of what does not exist, which QEMU looks for when all else is checked.
    bogus: Vec<Diagnostic>,
}

impl<'a> Checker<'a, '_> {
    fn draft(&self, id: Id) -> &'a Draft<'a> {
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

    fn array(&mut self, id: Id, element: &'a Reference<'a>) {
        let Some(ty) = self.resolve(id, format_args!("array"), element) else {
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

    fn enumeration(&mut self, id: Id, values: &[EnumValue<'_>]) {
        self.own_features(id);
        let mut seen = SmallMap::new();
        for value in values {
            let name = &value.name;
            let Some(other) = seen.insert(CName(name.value), name) else {
                continue;
            };
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
