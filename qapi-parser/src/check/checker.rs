//! The state of a check.

use std::rc::Rc;

use foldhash::HashMap;

use super::seen::Seen;
use crate::diagnostic::{Diagnostic, Findings};
use crate::load::Pragmas;
use crate::schema::Id;
use crate::schema::draft::{Draft, Drafts};
use crate::source::Span;

/// How many errors there may be before names that are not known go without a suggestion.
const MAX_SUGGESTIONS: usize = 100;

/// What is known of an object.
#[derive(Default)]
pub(super) struct Object<'a> {
    pub(super) progress: Progress,
    /// Its members, those of its bases among them.
    pub(super) members: Option<Rc<Seen<'a>>>,
    /// How many levels of bases and branches stand below it.
    pub(super) levels: Option<usize>,
}

/// How far the check of an object has come; others are visited once, in order.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) enum Progress {
    #[default]
    Unvisited,
    Open,
    Done,
}

pub(super) struct Checker<'a, 'b> {
    pub(super) drafts: &'a Drafts<'a>,
    pub(super) pragmas: &'b Pragmas<'b>,
    pub(super) findings: &'b mut Findings,
    /// One for each definition, objects or not.
    pub(super) objects: Vec<Object<'a>>,
    /// The objects that are being checked, one inside the other.
    pub(super) open: Vec<Id>,
    /// Unknown types, and the index of the finding about each.
    pub(super) unknown: HashMap<&'a str, usize>,
    /// Descriptions of what does not exist, which QEMU looks for when all else is checked.
    pub(super) bogus: Vec<Diagnostic>,
}

impl<'a, 'b> Checker<'a, 'b> {
    pub(super) fn new(
        drafts: &'a Drafts<'a>,
        pragmas: &'b Pragmas<'b>,
        findings: &'b mut Findings,
    ) -> Self {
        Self {
            drafts,
            pragmas,
            findings,
            objects: drafts.ids().map(|_| Object::default()).collect(),
            open: Vec::new(),
            unknown: HashMap::default(),
            bogus: Vec::new(),
        }
    }

    pub(super) fn draft(&self, id: Id) -> &'a Draft<'a> {
        self.drafts.get(id)
    }

    /// A fault at `span`, reported on the definition `id`.
    pub(super) fn fault(&self, id: Id, span: Span, message: impl Into<String>) -> Diagnostic {
        let fault = Diagnostic::error(span, message);
        match self.draft(id).at {
            Some(at) => fault.within(at.whole),
            None => fault,
        }
    }

    /// Whether to look for the name that was meant: behind a hundred errors that takes long and helps nobody.
    pub(super) fn may_suggest(&self) -> bool {
        self.findings.errors() < MAX_SUGGESTIONS
    }

    /// Where the name of a definition stands.
    pub(super) fn name_span(&self, id: Id) -> Span {
        self.draft(id).at.map_or(Span::NOWHERE, |at| at.name)
    }
}
