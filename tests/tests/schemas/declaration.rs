//! Definitions as text, to compare two schemas.

use std::fmt::Write as _;

use qapi_parser::{Id, Kind, Object, Schema, SectionKind};

/// The definition of a name, without its documentation.
pub(crate) fn declaration(schema: &Schema, id: Id) -> String {
    let definition = schema.get(id);
    let name = &definition.name;
    match &definition.kind {
        Kind::Enum(this) => {
            let values: Vec<_> = this.values.iter().map(|v| v.name.value.as_str()).collect();
            format!("enum {name}: {}", values.join(" "))
        }
        Kind::Object(object) => {
            let base = object.base.map_or("-", |base| &schema.get(base).name);
            format!("struct {name} (base {base}): {}", members(schema, object))
        }
        Kind::Event(event) => {
            let data = event.data.and_then(|data| schema.object(data));
            let data = data.map_or(String::new(), |object| members(schema, object));
            format!("event {name}: {data}")
        }
        other => panic!("{name} is {other:?}"),
    }
}

fn members(schema: &Schema, object: &Object) -> String {
    let mut text = String::new();
    for member in &object.members {
        let optional = if member.optional { "*" } else { "" };
        let ty = &schema.get(member.ty).name;
        let _ = write!(text, "{optional}{}: {ty}, ", member.name.value);
    }
    text
}

/// The text of the `Since` section, if there is one.
pub(crate) fn since(schema: &Schema, id: Id) -> Option<&str> {
    let doc = schema.get(id).doc.map(|doc| schema.doc(doc));
    let sections = doc.into_iter().flat_map(|doc| &doc.sections);
    let mut since = sections.filter(|section| matches!(section.kind, SectionKind::Since));
    since.next().map(|section| section.text.trim())
}
