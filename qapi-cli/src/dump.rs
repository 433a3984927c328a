//! The resolved schema as text, in the form of QEMU's test suite.

use std::fmt::{self, Display, Write as _};

use qapi_parser::{
    Branch, Condition, Definition, Doc, Entry, Feature, Id, Kind, Schema, SectionKind,
};

/// Displays a schema in the form of QEMU's test suite: modules with their definitions, then the documentation.
pub struct Dump<'a>(
    /// The schema.
    pub &'a Schema,
);

impl Display for Dump<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for module in self.0.modules() {
            writeln!(f, "module {}", module.name)?;
            for entry in &module.entries {
                match entry {
                    Entry::Include(module, _) => {
                        writeln!(f, "include {}", self.0.module(*module).name)?;
                    }
                    Entry::Definition(id) => self.definition(f, self.0.get(*id))?,
                }
            }
        }
        self.0
            .docs()
            .iter()
            .try_for_each(|doc| self.documentation(f, doc))
    }
}

impl Dump<'_> {
    fn name(&self, id: Id) -> &str {
        &self.0.get(id).name
    }

    fn optional_name(&self, id: Option<Id>) -> &str {
        id.map_or("None", |id| self.name(id))
    }

    fn definition(&self, f: &mut fmt::Formatter<'_>, definition: &Definition) -> fmt::Result {
        let name = &definition.name;
        match &definition.kind {
            Kind::Builtin(_) | Kind::Extern => return Ok(()),
            // The arrays of built-in types are shared.
            Kind::Array(_) if definition.span.is_none() => return Ok(()),
            Kind::Array(element) => {
                writeln!(f, "array {name} {}", self.name(*element))?;
                // An array exists when its elements do.
                return condition(f, self.0.get(*element).condition.as_ref(), 4);
            }
            Kind::Enum(it) => {
                writeln!(f, "enum {name}")?;
                if let Some(prefix) = it
                    .prefix
                    .as_ref()
                    .filter(|prefix| !prefix.is_empty() && definition.span.is_some())
                {
                    writeln!(f, "    prefix {prefix}")?;
                }
                for value in &it.values {
                    writeln!(f, "    member {}", value.name.value)?;
                    condition(f, value.condition.as_ref(), 8)?;
                    features(f, &value.features, 8)?;
                }
            }
            Kind::Object(it) => {
                writeln!(f, "object {name}")?;
                if let Some(base) = it.base {
                    writeln!(f, "    base {}", self.name(base))?;
                }
                for member in &it.members {
                    let optional = python(member.optional);
                    let ty = self.name(member.ty);
                    writeln!(
                        f,
                        "    member {}: {ty} optional={optional}",
                        member.name.value
                    )?;
                    condition(f, member.condition.as_ref(), 8)?;
                    features(f, &member.features, 8)?;
                }
                if let Some(union) = &it.branches {
                    self.branches(f, &union.discriminator.value, &union.branches)?;
                }
            }
            Kind::Alternate(it) => {
                writeln!(f, "alternate {name}")?;
                self.branches(f, "type", &it.alternatives)?;
            }
            Kind::Command(it) => {
                let (arguments, returns) = (
                    self.optional_name(it.arguments),
                    self.optional_name(it.returns),
                );
                writeln!(f, "command {name} {arguments} -> {returns}")?;
                write!(
                    f,
                    "    gen={} success_response={} boxed={} oob={} preconfig={}",
                    python(it.gen_code),
                    python(it.success_response),
                    python(it.boxed),
                    python(it.allow_oob),
                    python(it.allow_preconfig)
                )?;
                f.write_str(if it.coroutine {
                    " coroutine=True\n"
                } else {
                    "\n"
                })?;
            }
            Kind::Event(it) => {
                writeln!(f, "event {name} {}", self.optional_name(it.data))?;
                writeln!(f, "    boxed={}", python(it.boxed))?;
            }
        }
        condition(f, definition.condition.as_ref(), 4)?;
        features(f, &definition.features, 4)
    }

    fn branches(&self, f: &mut fmt::Formatter<'_>, tag: &str, branches: &[Branch]) -> fmt::Result {
        writeln!(f, "    tag {tag}")?;
        for branch in branches {
            writeln!(
                f,
                "    case {}: {}",
                branch.name.value,
                self.name(branch.ty)
            )?;
            condition(f, branch.condition.as_ref(), 8)?;
        }
        Ok(())
    }

    fn documentation(&self, f: &mut fmt::Formatter<'_>, doc: &Doc) -> fmt::Result {
        match &doc.symbol {
            Some(symbol) => writeln!(f, "doc symbol={}", symbol.value)?,
            None => writeln!(f, "doc freeform")?,
        }
        let stub = self.returns_stub(doc);
        for (index, section) in doc.sections.iter().enumerate() {
            if stub == Some(index) {
                writeln!(f, "    Returns\n")?;
            }
            match &section.kind {
                SectionKind::Intro => writeln!(f, "    Intro")?,
                SectionKind::Plain => writeln!(f, "    Plain")?,
                SectionKind::Member(name) => writeln!(f, "    Member={}", name.value)?,
                SectionKind::Feature(name) => writeln!(f, "    Feature={}", name.value)?,
                SectionKind::Returns => writeln!(f, "    Returns")?,
                SectionKind::Errors => writeln!(f, "    Errors")?,
                SectionKind::Since => writeln!(f, "    Since")?,
                SectionKind::Todo => writeln!(f, "    Todo")?,
            }
            writeln!(f, "{}", section.text)?;
        }
        if stub == Some(doc.sections.len()) {
            writeln!(f, "    Returns\n")?;
        }
        Ok(())
    }

    /// The position at which QEMU adds an empty section for the return value of a command whose documentation has none.
    fn returns_stub(&self, doc: &Doc) -> Option<usize> {
        let definition = self.0.get(self.0.find(&doc.symbol.as_ref()?.value)?);
        let Kind::Command(command) = &definition.kind else {
            return None;
        };
        command.returns?;
        let last = |is_kind: fn(&SectionKind) -> bool| {
            doc.sections
                .iter()
                .rposition(|section| is_kind(&section.kind))
        };
        match last(|kind| matches!(kind, SectionKind::Returns)) {
            Some(_) => None,
            None => last(|kind| matches!(kind, SectionKind::Member(_)))
                .map(|member| member + 1)
                .or_else(|| last(|kind| matches!(kind, SectionKind::Errors)))
                .or_else(|| last(|kind| matches!(kind, SectionKind::Feature(_))))
                .or(Some(1)),
        }
    }
}

fn python(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

fn condition(
    f: &mut fmt::Formatter<'_>,
    condition: Option<&Condition>,
    indent: usize,
) -> fmt::Result {
    match condition {
        None => Ok(()),
        Some(Condition::Symbol(name)) => writeln!(f, "{:indent$}if {name}", ""),
        Some(other) => writeln!(f, "{:indent$}if {}", "", literal(other)),
    }
}

/// A condition as a Python literal.
fn literal(condition: &Condition) -> String {
    let list = |key: &str, parts: &[Condition]| {
        let mut text = format!("{{'{key}': [");
        for (index, part) in parts.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            let _ = write!(text, "{comma}{}", literal(part));
        }
        text + "]}"
    };
    match condition {
        Condition::Symbol(name) => format!("'{name}'"),
        Condition::All(parts) => list("all", parts),
        Condition::Any(parts) => list("any", parts),
        Condition::Not(part) => format!("{{'not': {}}}", literal(part)),
    }
}

fn features(f: &mut fmt::Formatter<'_>, features: &[Feature], indent: usize) -> fmt::Result {
    for feature in features {
        writeln!(f, "{:indent$}feature {}", "", feature.name.value)?;
        condition(f, feature.condition.as_ref(), indent + 4)?;
    }
    Ok(())
}
