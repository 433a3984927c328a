//! Documentation and what it documents.

use std::collections::HashSet;

use super::Checker;
use crate::ast::{Doc, Feature, Name, Section, SectionKind};
use crate::diagnostic::Diagnostic;
use crate::schema::Id;
use crate::schema::draft::{Draft, DraftKind, Reference};

/// What the documentation of a definition describes.
#[derive(Default)]
struct Described<'a> {
    /// Members, or what stands for them, each with its role.
    members: Vec<(&'static str, &'a Name)>,
    features: Vec<&'a Name>,
}

impl<'a> Described<'a> {
    fn add_features(&mut self, features: &'a [Feature]) {
        self.features
            .extend(features.iter().map(|feature| &feature.name));
    }

    fn add_members(&mut self, role: &'static str, draft: &'a Draft) {
        if let DraftKind::Object { members, .. } = &draft.kind {
            for member in members {
                self.members.push((role, &member.name));
                self.add_features(&member.features);
            }
        }
    }
}

impl<'a> Checker<'a> {
    fn described(&self, draft: &'a Draft) -> Described<'a> {
        // Members in place are part of the definition; a type by name has its own documentation.
        let in_place = |reference: &Option<Reference>| {
            let id = reference.as_ref().and_then(Reference::id)?;
            Some(self.draft(id)).filter(|draft| draft.is_implicit)
        };
        let mut described = Described::default();
        described.add_features(&draft.features);
        match &draft.kind {
            DraftKind::Enum { values, .. } => {
                for value in values {
                    described.members.push(("value", &value.name));
                    described.add_features(&value.features);
                }
            }
            DraftKind::Object { base, .. } => {
                if let Some(base) = in_place(base) {
                    described.add_members("member", base);
                }
                described.add_members("member", draft);
            }
            DraftKind::Alternate { alternatives } => {
                let branches = alternatives.iter().map(|branch| ("branch", &branch.name));
                described.members.extend(branches);
            }
            DraftKind::Command { data, .. } | DraftKind::Event { data, .. } => {
                if let Some(data) = in_place(data) {
                    described.add_members("parameter", data);
                }
            }
            DraftKind::Builtin(_) | DraftKind::Extern | DraftKind::Array { .. } => {}
        }
        described
    }

    /// Reports what a definition's documentation leaves out, and enters members there with no text.
    pub(super) fn documentation(&mut self, id: Id, docs: &mut [Doc]) {
        let draft = self.draft(id);
        let Some(doc) = draft.doc.map(|index| &mut docs[index]) else {
            return;
        };
        let described = self.described(draft);
        let symbol = doc.symbol.as_ref().map_or("", |symbol| &symbol.value);
        let is_excepted = self.pragmas.documentation_exceptions.contains(symbol);
        let mut members = HashSet::new();
        let mut features = HashSet::new();
        for section in &doc.sections {
            match &section.kind {
                SectionKind::Member(name) => members.insert(name.value.as_str()),
                SectionKind::Feature(name) => features.insert(name.value.as_str()),
                _ => false,
            };
        }
        for &name in &described.features {
            if !features.contains(name.value.as_str()) {
                self.undocumented(id, "feature", name);
            }
        }
        let is_missing = |(_, name): &&(&str, &Name)| !members.contains(name.value.as_str());
        let missing: Vec<_> = described.members.iter().filter(is_missing).collect();
        for &(role, name) in missing {
            if !is_excepted {
                self.undocumented(id, role, name);
            }
            doc.sections.push(Section {
                kind: SectionKind::Member(name.clone()),
                text: String::new(),
                span: doc.span,
            });
        }
    }

    fn undocumented(&mut self, id: Id, role: &str, name: &Name) {
        let message = format!("{role} '{}' lacks documentation", name.value);
        let fault = self.fault(id, name.span, message);
        let hint = match role {
            "feature" => format!("describe it as '@{}:' below 'Features:'", name.value),
            _ => format!("describe it as '@{}:'", name.value),
        };
        self.findings.tolerate(fault.hint(hint));
    }

    /// Reports descriptions of what does not exist; their text becomes plain text, which loses nothing.
    pub(super) fn bogus_documentation(&mut self, docs: &mut [Doc]) {
        let mut documented: Vec<Option<&Draft>> = vec![None; docs.len()];
        for draft in &self.drafts.list {
            if let Some(doc) = draft.doc {
                documented[doc] = Some(draft);
            }
        }
        for (doc, draft) in docs.iter_mut().zip(documented) {
            let Some(draft) = draft else { continue };
            let described = self.described(draft);
            let members = described
                .members
                .iter()
                .map(|(_, name)| name.value.as_str());
            let features = described.features.iter().map(|name| name.value.as_str());
            self.bogus(doc, "member", &members.collect());
            self.bogus(doc, "feature", &features.collect());
        }
    }

    fn bogus(&mut self, doc: &mut Doc, what: &str, known: &HashSet<&str>) {
        let name = |section: &Section| match (&section.kind, what) {
            (SectionKind::Member(name), "member") => Some(name.clone()),
            (SectionKind::Feature(name), "feature") => Some(name.clone()),
            _ => None,
        };
        let mut bogus = Vec::new();
        for section in &mut doc.sections {
            if let Some(name) = name(section).filter(|name| !known.contains(name.value.as_str())) {
                section.text = format!("@{}: {}", name.value, section.text);
                section.kind = SectionKind::Plain;
                // That a description has no name has been reported.
                if !name.value.is_empty() {
                    bogus.push((name, section.span));
                }
            }
        }
        let Some((first, line)) = bogus.first() else {
            return;
        };
        let quoted: Vec<_> = bogus
            .iter()
            .map(|(name, _)| format!("'{}'", name.value))
            .collect();
        let quoted = quoted.join(", ");
        let message = match bogus.len() {
            1 => format!("documented {what} {quoted} does not exist"),
            _ => format!("documented {what}s {quoted} do not exist"),
        };
        let fault = Diagnostic::error(first.span, message).within(*line);
        let fault = fault.hint_nearest(&first.value, known.iter().copied());
        self.findings.tolerate(fault);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::load;
    use crate::{Mode, SectionKind};

    #[test]
    fn what_is_not_described_has_an_empty_section_and_what_does_not_exist_is_text() {
        let text = "##\n# @Ab:\n#\n# @x: one\n#\n# @z: two\n##\n{ 'struct': 'Ab', 'data': { 'x': 'int', 'y': 'int' } }";
        let schema = load(text, Mode::Lenient).unwrap();
        let messages: Vec<_> = schema.warnings().iter().map(|w| w.message()).collect();
        assert_eq!(
            messages,
            [
                "member 'y' lacks documentation",
                "documented member 'z' does not exist"
            ][2 - messages.len()..]
        );
        let sections: Vec<_> = schema.docs()[0]
            .sections
            .iter()
            .map(|section| match &section.kind {
                SectionKind::Member(name) => format!("@{} {}", name.value, section.text),
                _ => section.text.clone(),
            })
            .collect();
        assert_eq!(sections, ["", "@x one", "@z: two", "@y "]);
    }
}
