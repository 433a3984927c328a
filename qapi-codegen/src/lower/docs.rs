//! Documentation of items and of what they have.

use std::collections::HashMap;

use qapi_parser::{Condition, Definition, Doc, Feature, Kind, Schema, SectionKind};

use super::conditions::Verdict;
use super::context::Lowering;
use crate::doc;
use crate::model;
use crate::names::Ident;

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
        let ident = self.lowering.idents.get(&id)?;
        let module = match &self.schema.get(id).kind {
            Kind::Event(_) => Some("events"),
            Kind::Command(_) => Some("commands"),
            _ => None,
        };
        let up = if self.module.is_some() { "super::" } else { "" };
        Some(match module {
            module if module == self.module => ident.linked(),
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
        let mut has_returns = false;
        for section in self
            .doc(self.definition)
            .iter()
            .flat_map(|doc| &doc.sections)
        {
            match &section.kind {
                SectionKind::Intro | SectionKind::Plain => parts.push(self.markdown(&section.text)),
                SectionKind::Returns => {
                    has_returns = true;
                    parts.push(titled("Returns", &self.markdown(&section.text)));
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
        parts.extend(self.returns().filter(|_| !has_returns));
        parts.extend(self.features(&self.definition.features, &features));
        parts.extend(self.lowering.only_with(self.definition.condition.as_ref()));
        parts.extend(since.map(|text| self.since(text)));
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
        let text = owner
            .doc
            .and_then(|doc| self.lowering.described.of(doc, name));
        let mut parts: Vec<String> = text.map(|text| self.markdown(text)).into_iter().collect();
        if !features.is_empty() {
            let sections = self.doc(owner).map_or(&[][..], |doc| &doc.sections);
            let described = sections.iter().filter_map(|section| match &section.kind {
                SectionKind::Feature(of) => Some((of.value.as_str(), section.text.as_str())),
                _ => None,
            });
            parts.extend(self.features(features, &described.collect::<Vec<_>>()));
        }
        parts.extend(self.lowering.only_with(condition));
        lines(parts)
    }

    /// What a command returns, where the schema has no words for it.
    fn returns(&self) -> Option<String> {
        let Kind::Command(command) = &self.definition.kind else {
            return None;
        };
        let mut ty = self.schema.get(command.returns?);
        let mut text = "Returns ".to_owned();
        while let Kind::Array(element) = ty.kind {
            text += "a list of ";
            ty = self.schema.get(element);
        }
        Some(text + &self.markdown(&format!("@{}", ty.name)) + ".")
    }

    fn since(&self, version: &str) -> String {
        let text = version.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = self.markdown(&text);
        match text.starts_with(|c: char| c.is_ascii_digit()) {
            true => format!("Since QEMU {text}."),
            false => format!("Since: {text}"),
        }
    }

    /// A list of the features that there can be, with what is said of each.
    fn features(&self, features: &[Feature], described: &[(&str, &str)]) -> Option<String> {
        let line = |feature: &Feature| {
            let name = &feature.name.value;
            let text = described.iter().find(|(of, _)| of == name);
            let text = text.map(|(_, text)| self.markdown(text)).into_iter();
            let only_with = self.lowering.only_with(feature.condition.as_ref());
            let parts: Vec<_> = text.chain(only_with).filter(|it| !it.is_empty()).collect();
            let text = parts.join("\n\n").replace('\n', "\n  ");
            // A blank line is blank.
            let text = text.replace("\n  \n", "\n\n");
            match text.is_empty() {
                true => format!("- `{name}`"),
                false => format!("- `{name}`: {text}"),
            }
        };
        let conditions = &self.lowering.conditions;
        let features = features
            .iter()
            .filter(|it| conditions.allows(it.condition.as_ref()));
        let list: Vec<_> = features.map(line).collect();
        (!list.is_empty()).then(|| format!("Features:\n\n{}", list.join("\n")))
    }
}

impl Lowering<'_> {
    /// What something depends on, as far as it is not decided.
    pub(super) fn only_with(&self, condition: Option<&Condition>) -> Option<String> {
        match self.conditions.verdict(condition) {
            Verdict::Depends(condition) => {
                let text = format!("Only where QEMU has {}.", words(&condition, false));
                Some(doc::paragraph(text))
            }
            Verdict::Always | Verdict::Never => None,
        }
    }
}

/// A part with a title, which is no heading: what follows is not below it.
fn titled(title: &str, text: &str) -> String {
    format!("{title}:\n\n{text}")
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
