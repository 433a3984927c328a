//! Documentation of items and their parts.

use std::collections::HashMap;

use qapi_parser::{Condition, Definition, Doc, DocId, Feature, Kind, Schema, SectionKind};

use super::conditions::Verdict;
use super::context::Lowering;
use super::described::continues;
use crate::doc;
use crate::model;
use crate::names::Ident;

/// Writes the documentation of one definition.
pub(super) struct Docs<'a> {
    schema: &'a Schema,
    definition: &'a Definition,
    lowering: &'a Lowering<'a>,
    /// The definition's own members, which take precedence in `@name`.
    members: HashMap<&'a str, &'a Ident>,
    /// The module of the item, unless it is at the top of the file.
    module: Option<&'static str>,
}

impl<'a> Docs<'a> {
    /// `members` take precedence in `@name`; `module` is that of the item, unless it is at the top of the file.
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

    /// Text after a title. The title is not a heading, because everything after it would belong to it.
    fn titled(&self, title: &str, text: &str) -> String {
        doc::titled(title, text, &|name| self.resolve(name))
    }

    /// The path to the item that `@name` refers to.
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
            module if module == self.module => ident.to_string(),
            Some(module) => format!("{up}{module}::{ident}"),
            None => format!("{up}{ident}"),
        })
    }

    /// The documentation of the item: its sections, and facts about it.
    pub(super) fn item(&self) -> model::Docs {
        if !self.lowering.options.docs {
            return Vec::new();
        }
        let sections = self
            .doc(self.definition)
            .map_or(&[][..], |doc| &doc.sections);
        let mut overview = Vec::new();
        let mut returns = None;
        let mut errors = None;
        let mut details = Vec::new();
        let mut since = None;
        for (index, section) in sections.iter().enumerate() {
            let text = section.text.as_str();
            match &section.kind {
                SectionKind::Plain if continues(sections, index) => {}
                SectionKind::Intro | SectionKind::Plain => {
                    let has_overview = overview.iter().any(|text: &String| !text.is_empty());
                    let is_overview = index == overview.len() || !has_overview;
                    let part = if is_overview {
                        &mut overview
                    } else {
                        &mut details
                    };
                    part.push(self.markdown(text));
                }
                SectionKind::Returns => returns = Some(self.titled("Returns", text)),
                SectionKind::Errors => errors = Some(self.titled("Errors", text)),
                SectionKind::Since => since = Some(text),
                // Features are listed below, members have their own documentation, and to-do notes are for QEMU's developers.
                SectionKind::Feature(_) | SectionKind::Member(_) | SectionKind::Todo => {}
            }
        }
        // The schema's notes and examples can be long, so short facts precede them.
        let mut parts = overview;
        parts.extend(returns.or_else(|| self.returns()));
        parts.extend(errors);
        let docs = self.lowering.docs_of(self.definition);
        parts.extend(self.features(&self.definition.features, &docs));
        parts.extend(details);
        parts.extend(self.lowering.only_with(self.definition.condition.as_ref()));
        parts.extend(self.lowering.only_in(&self.definition.name, None));
        parts.extend(since.map(|text| self.markdown(&doc::since(text))));
        match lines(parts) {
            lines if lines.is_empty() => vec![self.undocumented()],
            lines => lines,
        }
    }

    /// The documentation of a member or value, from `docs`; `only_in` is the sentence about the schemas that have it.
    pub(super) fn member(
        &self,
        docs: &[DocId],
        name: &str,
        condition: Option<&Condition>,
        features: &[Feature],
        only_in: Option<String>,
    ) -> model::Docs {
        if !self.lowering.options.docs {
            return Vec::new();
        }
        // The last one is that of the definition.
        let mut blocks = docs.iter().rev();
        let text = blocks.find_map(|doc| self.lowering.described.of(*doc, name));
        let text = text.map(|text| self.markdown(text));
        let text = text.filter(|text| !text.is_empty());
        let mut parts = vec![text.unwrap_or_else(|| self.undocumented_part(name))];
        parts.extend(self.features(features, docs));
        parts.extend(self.lowering.only_with(condition));
        parts.extend(only_in);
        lines(parts)
    }

    /// The documentation of a part for which the schema has none.
    fn undocumented_part(&self, name: &str) -> String {
        let kind = match &self.definition.kind {
            Kind::Enum(_) => "value",
            Kind::Alternate(_) => "alternative",
            _ => "member",
        };
        format!("The {kind} `{name}`.")
    }

    /// The documentation of a setter of an optional member with this documentation.
    pub(super) fn setter(&self, name: &str, member: &[String]) -> model::Docs {
        let summary = doc::summary(member).filter(|_| self.lowering.options.docs);
        let text = summary.unwrap_or_else(|| format!("Sets `{name}`."));
        doc::paragraph(text).lines().map(str::to_owned).collect()
    }

    /// The documentation of an item for which the schema has none.
    fn undocumented(&self) -> String {
        let kind = match &self.definition.kind {
            Kind::Command(_) => "command",
            Kind::Event(_) => "event",
            Kind::Enum(_) => "enum",
            Kind::Alternate(_) => "alternate",
            Kind::Object(it) if it.branches.is_some() => "union",
            Kind::Object(_) => "struct",
            _ => "type",
        };
        format!("The {kind} `{}`.", self.definition.name)
    }

    /// The documentation of a part of `owner`. Implicit types are documented by the definition that uses them.
    pub(super) fn of_part(
        &self,
        owner: &Definition,
        documented: &Definition,
        part: &str,
    ) -> Vec<DocId> {
        let own = documented.doc.or(self.definition.doc);
        self.lowering.docs_of_part(owner, part, own)
    }

    /// The return type of a command, if the schema has no text about it.
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

    /// A list of the features that may exist, with the first text about each in `docs`.
    fn features(&self, features: &[Feature], docs: &[DocId]) -> Option<String> {
        let line = |feature: &Feature| {
            let name = &feature.name.value;
            let text = feature_text(self.schema, docs, name);
            let text = text.map(|text| self.markdown(text)).into_iter();
            let only_with = self.lowering.only_with(feature.condition.as_ref());
            let parts: Vec<_> = text.chain(only_with).filter(|it| !it.is_empty()).collect();
            let text = parts.join("\n\n").replace('\n', "\n  ");
            // Blank lines are not indented.
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
    /// The documentation of a definition, its own first.
    pub(super) fn docs_of(&self, definition: &Definition) -> Vec<DocId> {
        let others = self.provenance.docs_of_definition(&definition.name);
        definition
            .doc
            .into_iter()
            .chain(others.iter().copied())
            .collect()
    }

    /// The documentation of a part of a definition, from `own` and from the schemas in which the part has features.
    pub(super) fn docs_of_part(
        &self,
        definition: &Definition,
        part: &str,
        own: Option<DocId>,
    ) -> Vec<DocId> {
        let docs = self.provenance.docs_of_features(&definition.name, part);
        // Blocks describe features of several parts. In that of a derived type, a text may be about another part.
        docs.iter().copied().chain(own).collect()
    }

    /// The first description of a feature in `docs`, without markup.
    pub(super) fn feature_note(&self, docs: &[DocId], feature: &str) -> Option<String> {
        let text = feature_text(self.schema, docs, feature).filter(|_| self.options.docs);
        text.and_then(doc::plain)
    }

    /// The condition of something, unless it is decided.
    pub(super) fn only_with(&self, condition: Option<&Condition>) -> Option<String> {
        match self.conditions.verdict(condition) {
            Verdict::Depends(condition) => {
                let text = format!("Available if QEMU is built {}.", words(&condition, false));
                Some(doc::paragraph(text))
            }
            Verdict::Always | Verdict::Never => None,
        }
    }
}

impl Lowering<'_> {
    /// The schemas that have a definition, or a part of it, if several were merged and some lack it.
    pub(super) fn only_in(&self, definition: &str, part: Option<&str>) -> Option<String> {
        let availability = self.availability?;
        let text = match part {
            None => availability.of_definition(definition),
            Some(part) => availability.of_part(definition, part),
        };
        text.map(doc::paragraph)
    }

    /// The same for a branch of a union.
    pub(super) fn branch_only_in(&self, union: &str, branch: &str) -> Option<String> {
        let text = self.availability?.of_branch(union, branch);
        text.map(doc::paragraph)
    }
}

/// The first text about a feature.
fn feature_text<'s>(schema: &'s Schema, docs: &[DocId], feature: &str) -> Option<&'s str> {
    let mut sections = docs.iter().flat_map(|doc| &schema.doc(*doc).sections);
    let section =
        sections.find(|it| matches!(&it.kind, SectionKind::Feature(of) if of.value == feature));
    section.map(|it| it.text.as_str())
}

/// A condition, or its negation, in words.
fn words(condition: &Condition, negated: bool) -> String {
    let (parts, is_all) = match condition {
        Condition::Symbol(name) if negated => return format!("without `{name}`"),
        Condition::Symbol(name) => return format!("with `{name}`"),
        Condition::Not(part) => return words(part, !negated),
        Condition::All(parts) => (parts, !negated),
        Condition::Any(parts) => (parts, negated),
    };
    let word = if is_all { " and " } else { " or " };
    let symbols = parts.iter().map(|part| match part {
        Condition::Symbol(name) if !negated => Some(format!("`{name}`")),
        _ => None,
    });
    match symbols.collect::<Option<Vec<_>>>() {
        Some(symbols) => format!("with {}", enumerated(&symbols, word)),
        None => {
            let parts = parts.iter().map(|part| grouped(part, negated));
            parts.collect::<Vec<_>>().join(word)
        }
    }
}

/// `A`, `B` or `C`.
fn enumerated(parts: &[String], word: &str) -> String {
    match parts {
        [before @ .., last] if !before.is_empty() => before.join(", ") + word + last,
        parts => parts.concat(),
    }
}

/// The same, in parentheses if it has several parts.
fn grouped(condition: &Condition, negated: bool) -> String {
    match condition {
        Condition::All(parts) | Condition::Any(parts) if parts.len() > 1 => {
            format!("({})", words(condition, negated))
        }
        Condition::Not(part) => grouped(part, !negated),
        condition => words(condition, negated),
    }
}

/// Paragraphs as lines.
fn lines(parts: Vec<String>) -> model::Docs {
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n").lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(name: &str) -> Condition {
        Condition::Symbol(name.to_owned())
    }

    #[test]
    fn conditions_in_words() {
        let (a, b, c) = (symbol("A"), symbol("B"), symbol("C"));
        let not = |it: &Condition| Condition::Not(Box::new(it.clone()));
        let all = |them: &[&Condition]| Condition::All(them.iter().copied().cloned().collect());
        let any = |them: &[&Condition]| Condition::Any(them.iter().copied().cloned().collect());
        let table = [
            (a.clone(), "with `A`"),
            (not(&a), "without `A`"),
            (all(&[&a, &b]), "with `A` and `B`"),
            (any(&[&a, &b, &c]), "with `A`, `B` or `C`"),
            (any(&[&a, &not(&b)]), "with `A` or without `B`"),
            (
                all(&[&a, &any(&[&b, &c])]),
                "with `A` and (with `B` or `C`)",
            ),
            (not(&all(&[&a, &b])), "without `A` or without `B`"),
            (
                all(&[&a, &not(&any(&[&b, &c]))]),
                "with `A` and (without `B` and without `C`)",
            ),
        ];
        for (condition, text) in table {
            assert_eq!(words(&condition, false), text);
        }
    }
}
