//! Rules that need the whole schema, in the order in which QEMU applies them.
//!
//! Implements docs/qapi.md section 5, and the part of section 6 about the definition that a block documents.

mod alternates;
mod checker;
mod collisions;
mod commands;
mod docs;
mod features;
mod objects;
mod references;
mod seen;
mod unions;

use crate::ast::{Docs, EnumValue};
use crate::diagnostic::Findings;
use crate::load::Pragmas;
use crate::names::CName;
use crate::schema::Id;
use crate::schema::draft::{DraftKind, Drafts, Reference};
use crate::small_map::SmallMap;
use checker::Checker;

/// Checks all definitions, resolves their references, and matches documentation with definitions.
pub(crate) fn run<'a>(
    drafts: &'a Drafts<'a>,
    docs: &mut Docs<'a>,
    pragmas: &Pragmas<'_>,
    findings: &mut Findings,
) {
    let mut checker = Checker::new(drafts, pragmas, findings);
    for id in checker.drafts.ids() {
        checker.definition(id);
        checker.documentation(id, docs);
    }
    for fault in std::mem::take(&mut checker.bogus) {
        checker.findings.tolerate(fault);
    }
    features::check_count(checker.drafts, checker.findings);
}

impl<'a> Checker<'a, '_> {
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
            let hint = "wrap the inner array in a struct";
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
