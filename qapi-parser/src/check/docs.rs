//! Compares documentation with definitions.

use super::checker::Checker;
use crate::ast::{Docs, Feature, Name, Section, SectionKind};
use crate::diagnostic::Diagnostic;
use crate::schema::Id;
use crate::schema::draft::{Draft, DraftKind, DraftMember, Reference};
use crate::small_map::SmallMap;

/// The names that the documentation of a definition must describe.
#[derive(Default)]
struct Described<'a> {
    /// Members, values and so on, each with its role.
    members: Vec<(&'static str, Name<'a>)>,
    features: Vec<Name<'a>>,
}

impl<'a> Described<'a> {
    fn add_features(&mut self, features: &'a [Feature<'a>]) {
        self.features
            .extend(features.iter().map(|feature| feature.name));
    }

    fn add_members(&mut self, role: &'static str, draft: &'a Draft<'a>) {
        if let DraftKind::Object { members, .. } = &draft.kind {
            self.members.reserve(members.len());
            // The discriminator of a simple union is implicit and has the place of the name of the union.
            let is_written =
                |member: &&DraftMember<'_>| draft.at.is_none_or(|at| at.name != member.name.span);
            for member in members.iter().filter(is_written) {
                self.members.push((role, member.name));
                self.add_features(&member.features);
            }
        }
    }
}

/// A set of names.
type Names<'a> = SmallMap<&'a str, ()>;

impl<'a> FromIterator<&'a str> for Names<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let mut set = SmallMap::new();
        for name in names {
            set.insert(name, ());
        }
        set
    }
}

/// The name of the member that a section describes.
fn of_member<'a>(section: &Section<'a>) -> Option<Name<'a>> {
    match section.kind {
        SectionKind::Member(name) => Some(name),
        _ => None,
    }
}

/// The name of the feature that a section describes.
fn of_feature<'a>(section: &Section<'a>) -> Option<Name<'a>> {
    match section.kind {
        SectionKind::Feature(name) => Some(name),
        _ => None,
    }
}

impl<'a> Checker<'a, '_> {
    fn described(&self, draft: &'a Draft<'a>) -> Described<'a> {
        // Inline members are part of the definition. A named type has its own documentation.
        let in_place = |reference: &Option<Reference<'a>>| {
            let id = reference.as_ref().and_then(Reference::id)?;
            Some(self.draft(id)).filter(|draft| draft.is_implicit)
        };
        let mut described = Described::default();
        described.add_features(&draft.features);
        match &draft.kind {
            DraftKind::Enum { values, .. } => {
                described.members.reserve(values.len());
                for value in values {
                    described.members.push(("value", value.name));
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
                let branches = alternatives.iter().map(|branch| ("branch", branch.name));
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

    /// Compares a definition with its documentation.
    pub(super) fn documentation(&mut self, id: Id, docs: &mut Docs<'a>) {
        let draft = self.draft(id);
        let Some(block) = draft.doc else { return };
        let described = self.described(draft);
        let members = described.members.iter().map(|(_, name)| name.value);
        let features = described.features.iter().map(|name| name.value);
        let told = docs.sections(block).iter();
        let told_members = told.clone().filter_map(of_member).map(|name| name.value);
        let told_features = told.filter_map(of_feature).map(|name| name.value);
        // The fast path: nearly all documentation describes all names in order.
        if told_members.eq(members.clone()) && told_features.eq(features.clone()) {
            return;
        }
        self.missing(id, block, docs, &described);
        let sections = docs.blocks[block].sections.clone();
        let sections = &mut docs.sections[sections];
        self.bogus(sections, "member", of_member, members);
        self.bogus(sections, "feature", of_feature, features);
    }

    /// Reports missing descriptions, and records which members have none.
    fn missing(&mut self, id: Id, block: usize, docs: &mut Docs<'a>, described: &Described<'a>) {
        let names = |name_of: fn(&Section<'a>) -> Option<Name<'a>>| -> Names<'a> {
            let sections = docs.sections(block).iter();
            sections
                .filter_map(name_of)
                .map(|name| name.value)
                .collect()
        };
        let (members, features) = (names(of_member), names(of_feature));
        for name in &described.features {
            if features.get(name.value).is_none() {
                self.undocumented(id, "feature", *name);
            }
        }
        let block = &mut docs.blocks[block];
        let symbol = block.symbol.map_or("", |symbol| symbol.value);
        let is_excepted = self.pragmas.documentation_exceptions.contains(symbol);
        for &(role, name) in &described.members {
            if members.get(name.value).is_some() {
                continue;
            }
            if !is_excepted {
                self.undocumented(id, role, name);
            }
            block.missing.push(name);
        }
    }

    fn undocumented(&mut self, id: Id, role: &str, name: Name<'_>) {
        let message = format!("{role} '{}' lacks documentation", name.value);
        let fault = self.fault(id, name.span, message);
        let hint = match role {
            "feature" => format!("describe it with '@{}:' under 'Features:'", name.value),
            _ => format!("describe it with '@{}:'", name.value),
        };
        self.findings.tolerate(fault.hint(hint));
    }

    /// Records descriptions of names that do not exist.
    fn bogus<'b>(
        &mut self,
        sections: &mut [Section<'a>],
        what: &str,
        name_of: fn(&Section<'a>) -> Option<Name<'a>>,
        known: impl Iterator<Item = &'b str> + Clone,
    ) {
        let names: Names<'_> = known.clone().collect();
        let mut bogus = Vec::new();
        for section in sections {
            let unknown = name_of(section).filter(|name| names.get(name.value).is_none());
            let Some(name) = unknown else { continue };
            section.kind = SectionKind::Bogus(name);
            // A description without a name has been reported.
            if !name.value.is_empty() {
                bogus.push((name, section.span));
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
        self.bogus.push(fault.hint_nearest(first.value, known));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::load;
    use crate::{Mode, SectionKind};

    #[test]
    fn undescribed_members_have_empty_sections_and_unknown_ones_are_text() {
        let text = "##\n# @Ab:\n#\n# @x: one\n#\n# @z: two\n##\n{ 'struct': 'Ab', 'data': { 'x': 'int', 'y': 'int' } }";
        let schema = load(text, Mode::Lenient).unwrap();
        let messages: Vec<_> = schema.warnings().iter().map(|w| w.message()).collect();
        assert_eq!(
            messages,
            [
                "documented member 'z' does not exist",
                "member 'y' lacks documentation",
            ]
        );
        let doc = &schema.docs()[0];
        let sections: Vec<_> = doc
            .sections
            .iter()
            .map(|section| match &section.kind {
                SectionKind::Member(name) => format!("@{} {}", name.value, section.text),
                _ => section.text.clone(),
            })
            .collect();
        assert_eq!(sections, ["", "@x one", "@y ", "@z: two"]);
    }
}
