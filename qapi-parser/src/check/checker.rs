//! The state of a check.

use std::rc::Rc;

use foldhash::HashMap;

use super::seen::Seen;
use crate::diagnostic::{Diagnostic, Findings};
use crate::load::Pragmas;
use crate::schema::Id;
use crate::schema::draft::{Draft, Drafts};
use crate::source::Span;

/// The number of errors after which unknown names get no suggestion.
const MAX_SUGGESTIONS: usize = 100;

/// The facts about an object that the checks need.
#[derive(Default)]
pub(super) struct Object<'a> {
    pub(super) progress: Progress,
    /// Its members, including those of its bases.
    pub(super) members: Option<Rc<Seen<'a>>>,
    /// The nesting depth of its bases and branches.
    pub(super) levels: Option<usize>,
}

/// The progress of checking an object. Other definitions are visited once, in order.
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
    /// One for each definition, including those that are not objects.
    pub(super) objects: Vec<Object<'a>>,
    /// The stack of objects that are being checked.
    pub(super) open: Vec<Id>,
    /// Unknown types, each with the index of its finding.
    pub(super) unknown: HashMap<&'a str, usize>,
    /// Descriptions of missing members, which QEMU reports last.
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

    /// An error at `span` in the definition `id`.
    pub(super) fn fault(&self, id: Id, span: Span, message: impl Into<String>) -> Diagnostic {
        let fault = Diagnostic::error(span, message);
        match self.draft(id).at {
            Some(at) => fault.within(at.whole),
            None => fault,
        }
    }

    /// Whether to search for suggestions, which takes time and does not help after many errors.
    pub(super) fn may_suggest(&self) -> bool {
        self.findings.errors() < MAX_SUGGESTIONS
    }

    /// The place of the name of a definition.
    pub(super) fn name_span(&self, id: Id) -> Span {
        self.draft(id).at.map_or(Span::NOWHERE, |at| at.name)
    }
}
