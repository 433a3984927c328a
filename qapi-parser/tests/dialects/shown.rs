//! Schemas and findings as text, to compare with what is expected.

use qapi_parser::{Branch, Condition, Doc, Id, Kind, Mode, Object, Schema, SectionKind};

use crate::support::{findings, headings, load};

/// Loads in lenient mode and expects exactly these warnings.
pub(crate) fn accepted(text: &str, warnings: &[&str]) -> Schema {
    let schema = load(text, Mode::Lenient).unwrap_or_else(|error| panic!("refused:\n{error}"));
    assert_eq!(headings(schema.warnings()), warnings);
    schema
}

/// Asserts that strict mode rejects the text, with `first` as its first error.
pub(crate) fn refused(text: &str, first: &str) {
    let findings = findings(load(text, Mode::Strict));
    assert_eq!(headings(&findings).first().map(String::as_str), Some(first));
}

/// A definition on one line.
pub(crate) fn show(schema: &Schema, name: &str) -> String {
    let id = schema.find(name).expect("a definition of that name");
    match &schema.get(id).kind {
        Kind::Enum(values) => {
            let values = values.values.iter();
            let names: Vec<_> = values.map(|value| value.name.value.as_str()).collect();
            format!("enum {}", names.join(" "))
        }
        Kind::Object(object) => show_object(schema, id, object),
        Kind::Alternate(alternate) => {
            format!(
                "alternate {}",
                show_branches(schema, &alternate.alternatives)
            )
        }
        other => panic!("{other:?}"),
    }
}

pub(crate) fn show_object(schema: &Schema, id: Id, object: &Object) -> String {
    let members = schema.members(id);
    let show = |(_, member): &(Id, &qapi_parser::Member)| {
        let star = if member.optional { "*" } else { "" };
        format!("{star}{}: {}", member.name.value, ty(schema, member.ty))
    };
    let members: Vec<_> = members.iter().map(show).collect();
    let members = format!("{{ {} }}", members.join(", "));
    match &object.branches {
        None => members,
        Some(union) => format!(
            "{members} by {}: {}",
            union.discriminator.value,
            show_branches(schema, &union.branches)
        ),
    }
}

pub(crate) fn show_branches(schema: &Schema, branches: &[Branch]) -> String {
    let show = |branch: &Branch| format!("{}: {}", branch.name.value, ty(schema, branch.ty));
    branches.iter().map(show).collect::<Vec<_>>().join(" | ")
}

pub(crate) fn ty(schema: &Schema, id: Id) -> String {
    let definition = schema.get(id);
    match &definition.kind {
        Kind::Array(element) => format!("[{}]", ty(schema, *element)),
        Kind::Object(object) if definition.is_implicit => show_object(schema, id, object),
        _ => definition.name.clone(),
    }
}

/// The hints of the warnings of lenient mode.
pub(crate) fn hints(text: &str) -> Vec<String> {
    let schema = load(text, Mode::Lenient).unwrap_or_else(|error| panic!("refused:\n{error}"));
    let warnings = schema.warnings().iter();
    let hints = warnings.filter_map(|warning| warning.suggestion());
    hints.map(str::to_owned).collect()
}

/// The tag and the text of each section of the documentation of `name`.
pub(crate) fn sections(schema: &Schema, name: &str) -> Vec<(String, String)> {
    let definition = schema.get(schema.find(name).expect("a definition of that name"));
    let doc: &Doc = schema.doc(definition.doc.expect("documentation"));
    let tag = |kind: &SectionKind| match kind {
        SectionKind::Member(name) => format!("@{}", name.value),
        SectionKind::Feature(name) => format!("feature {}", name.value),
        other => format!("{other:?}"),
    };
    // Old documentation has no intro.
    let sections = doc.sections.iter().skip(1);
    sections.map(|s| (tag(&s.kind), s.text.clone())).collect()
}

/// The condition that consists of this symbol.
pub(crate) fn symbol(name: &str) -> Condition {
    Condition::Symbol(name.to_owned())
}
