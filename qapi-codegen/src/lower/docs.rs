//! Documentation of items and of what they have.

use std::collections::HashMap;

use qapi_parser::{Condition, Definition, Doc, Feature, Kind, Schema, SectionKind};

use super::Lowering;
use super::conditions::Verdict;
use crate::doc;
use crate::model;
use crate::names::{self, Ident};

/// Writes the documentation of one definition.
pub(super) struct Docs<'a> {
    schema: &'a Schema,
    definition: &'a Definition,
    lowering: &'a Lowering<'a>,
    /// The definition's own members, which `@name` means first of all.
    members: HashMap<&'a str, &'a Ident>,
    /// The module of the item, unless it stands at the top of the file.
    module: Option<&'static str>,
}

impl<'a> Docs<'a> {
    /// `members` are the names that `@name` means first of all; `module` is the item's, unless it stands at the top.
    pub(super) fn new(
        lowering: &'a Lowering<'_>,
        definition: &'a Definition,
        members: impl IntoIterator<Item = (&'a str, &'a Ident)>,
        module: Option<&'static str>,
    ) -> Self {
        Self {
            schema: lowering.schema,
            definition,
            lowering,
            members: members.into_iter().collect(),
            module,
        }
    }

    fn doc(&self, definition: &Definition) -> Option<&'a Doc> {
        definition.doc.map(|id| self.schema.doc(id))
    }

    fn markdown(&self, text: &str) -> String {
        doc::to_markdown(text, &|name| self.resolve(name))
    }

    /// The path to what `@name` refers to.
    fn resolve(&self, name: &str) -> Option<String> {
        if let Some(ident) = self.members.get(name) {
            return Some(format!("Self::{ident}"));
        }
        let id = self.schema.find(name)?;
        let (module, ident) = match &self.schema.get(id).kind {
            Kind::Event(_) | Kind::Command(_) if !self.lowering.selection.has(id) => return None,
            Kind::Event(_) => (Some("events"), names::item_name(name)),
            Kind::Command(_) => (Some("commands"), names::item_name(name)),
            _ => (None, self.lowering.idents.get(&id)?.clone()),
        };
        let up = if self.module.is_some() { "super::" } else { "" };
        Some(match module {
            module if module == self.module => ident.to_string(),
            Some(module) => format!("{up}{module}::{ident}"),
            None => format!("{up}{ident}"),
        })
    }

    /// The documentation of the item itself: the overview, what else is said, and the facts.
    pub(super) fn item(&self) -> model::Docs {
        if !self.lowering.options.docs {
            return Vec::new();
        }
        let mut parts = Vec::new();
        let mut features = Vec::new();
        let mut since = None;
        for section in self
            .doc(self.definition)
            .iter()
            .flat_map(|doc| &doc.sections)
        {
            match &section.kind {
                SectionKind::Plain => parts.push(self.markdown(&section.text)),
                SectionKind::Returns => {
                    parts.push(titled("Returns", &self.markdown(&section.text)))
                }
                SectionKind::Errors => parts.push(titled("Errors", &self.markdown(&section.text))),
                SectionKind::Since => since = Some(section.text.as_str()),
                SectionKind::Feature(name) => {
                    features.push((name.value.as_str(), section.text.as_str()))
                }
                // A member's text stands with the member, and what is yet to be done is QEMU's business.
                SectionKind::Member(_) | SectionKind::Todo => {}
            }
        }
        let own: Vec<_> = self
            .definition
            .features
            .iter()
            .map(|f| f.name.value.as_str())
            .collect();
        features.retain(|(name, _)| own.contains(name));
        parts.extend(self.features(&own, &features));
        parts.extend(self.only_with(self.definition.condition.as_ref()));
        parts.extend(since.map(since_version));
        lines(parts)
    }

    /// The documentation of a member or a value, which `owner` documents.
    pub(super) fn member(
        &self,
        owner: &Definition,
        name: &str,
        condition: Option<&Condition>,
        features: &[Feature],
    ) -> model::Docs {
        if !self.lowering.options.docs {
            return Vec::new();
        }
        // Members in place are documented where they are used.
        let owner = match owner.doc {
            Some(_) => owner,
            None => self.definition,
        };
        let sections = self.doc(owner).map_or(&[][..], |doc| &doc.sections);
        let text = sections.iter().find_map(|section| match &section.kind {
            SectionKind::Member(of) if of.value == name => Some(section.text.as_str()),
            _ => None,
        });
        let mut parts: Vec<String> = text.map(|text| self.markdown(text)).into_iter().collect();
        let own: Vec<_> = features.iter().map(|f| f.name.value.as_str()).collect();
        let described: Vec<_> = sections
            .iter()
            .filter_map(|section| match &section.kind {
                SectionKind::Feature(of) if own.contains(&of.value.as_str()) => {
                    Some((of.value.as_str(), section.text.as_str()))
                }
                _ => None,
            })
            .collect();
        parts.extend(self.features(&own, &described));
        parts.extend(self.only_with(condition));
        lines(parts)
    }

    /// What something depends on, as far as it is not decided.
    fn only_with(&self, condition: Option<&Condition>) -> Option<String> {
        match self.lowering.conditions.verdict(condition) {
            Verdict::Depends(condition) => {
                Some(format!("Only where QEMU has {}.", words(&condition, false)))
            }
            Verdict::Always | Verdict::Never => None,
        }
    }

    /// A list of features, with what is said of each.
    fn features(&self, names: &[&str], described: &[(&str, &str)]) -> Option<String> {
        let feature = |name: &&str| {
            let text = described
                .iter()
                .find(|(of, _)| of == name)
                .map_or("", |(_, text)| text);
            let text = self.markdown(text).replace('\n', "\n  ");
            match text.is_empty() {
                true => format!("- `{name}`"),
                false => format!("- `{name}`: {text}"),
            }
        };
        let list: Vec<_> = names.iter().map(feature).collect();
        (!list.is_empty()).then(|| format!("Features:\n\n{}", list.join("\n")))
    }
}

fn titled(title: &str, text: &str) -> String {
    format!("# {title}\n\n{text}")
}

fn since_version(version: &str) -> String {
    let text = version.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("Since QEMU {text}."),
        false => format!("Since: {text}"),
    }
}

/// A condition in words; `nested` ones stand in parentheses.
fn words(condition: &Condition, nested: bool) -> String {
    let join = |parts: &[Condition], word: &str| {
        let parts: Vec<_> = parts.iter().map(|part| words(part, true)).collect();
        match nested && parts.len() > 1 {
            true => format!("({})", parts.join(word)),
            false => parts.join(word),
        }
    };
    match condition {
        Condition::Symbol(name) => format!("`{name}`"),
        Condition::All(parts) => join(parts, " and "),
        Condition::Any(parts) => join(parts, " or "),
        Condition::Not(part) => format!("no {}", words(part, true)),
    }
}

/// Paragraphs as lines.
fn lines(parts: Vec<String>) -> model::Docs {
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n").lines().map(str::to_owned).collect()
}
