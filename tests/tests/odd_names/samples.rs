//! Values of every type of a schema, as QEMU could send them.

use std::fmt::Write as _;

use qapi_parser::{Builtin, Id, Kind, Loader, Schema};
use serde_json::{Map, Value, json};

/// Beyond this depth, values have only required members.
const DEPTH: usize = 3;

/// A schema with an event for each type of the schema at `root`, and messages of each event, which contain one value
/// after another.
pub(crate) struct Samples {
    /// The text of a schema that includes the other.
    pub(crate) schema: String,
    /// One message per line.
    pub(crate) lines: Vec<String>,
}

impl Samples {
    pub(crate) fn of(root: &str) -> Self {
        let schema = Loader::new().load(root).expect("it is a good schema");
        let mut samples = Samples {
            schema: format!("{{ 'include': '{root}' }}\n"),
            lines: Vec::new(),
        };
        for (id, definition) in schema.definitions() {
            let name = &definition.name;
            let event = match &definition.kind {
                Kind::Event(event) => {
                    let data = event.data.map_or(vec![json!({})], |id| all(&schema, id));
                    samples.bring(name, data, event.data.is_some());
                    continue;
                }
                Kind::Enum(_) | Kind::Object(_) | Kind::Alternate(_) if !definition.is_implicit => {
                    let event = format!("SAMPLE_{}", samples.schema.lines().count());
                    let list = format!("'list': [ '{name}' ]");
                    let declared =
                        format!("{{ 'event': '{event}', 'data': {{ 'it': '{name}', {list} }} }}");
                    writeln!(samples.schema, "{declared}").expect("a string takes it");
                    event
                }
                _ => continue,
            };
            let values = all(&schema, id);
            let mut data = vec![json!({"it": values[0], "list": values})];
            let others = values[1..].iter();
            data.extend(others.map(|value| json!({"it": value, "list": []})));
            samples.bring(&event, data, true);
        }
        samples
    }

    fn bring(&mut self, event: &str, data: Vec<Value>, has_data: bool) {
        for data in data {
            let timestamp = json!({"seconds": 1, "microseconds": 2});
            let mut message = json!({"event": event, "timestamp": timestamp});
            if has_data {
                message["data"] = data;
            }
            self.lines.push(message.to_string());
        }
    }
}

/// Every value of an enum and an unknown one, every branch of a union, every alternative, and objects with all members
/// and with only the required ones.
pub(crate) fn all(schema: &Schema, id: Id) -> Vec<Value> {
    match &schema.get(id).kind {
        Kind::Enum(it) => {
            let values = it.values.iter().map(|value| json!(value.name.value));
            values.chain([json!("a value to come")]).collect()
        }
        Kind::Object(object) => {
            let Some(union) = &object.branches else {
                let objects = [true, false].map(|full| members(schema, id, 0, full));
                return objects.map(Value::Object).to_vec();
            };
            let mut objects = Vec::new();
            for branch in &union.branches {
                for inner in all(schema, branch.ty) {
                    let mut it = members(schema, id, 0, objects.len() % 2 == 0);
                    it.extend(inner.as_object().cloned().unwrap_or_default());
                    it.insert(union.discriminator.value.clone(), json!(branch.name.value));
                    objects.push(it.into());
                }
            }
            let mut to_come = members(schema, id, 0, true);
            to_come.insert(union.discriminator.value.clone(), json!("a branch to come"));
            to_come.insert("a member to come".to_owned(), json!([{"deep": null}]));
            objects.push(to_come.into());
            objects
        }
        Kind::Alternate(it) => {
            let alternatives = it.alternatives.iter();
            alternatives.flat_map(|it| all(schema, it.ty)).collect()
        }
        Kind::Array(element) => vec![json!([]), all(schema, *element).into()],
        Kind::Builtin(builtin) => extremes(*builtin),
        Kind::Extern | Kind::Command(_) | Kind::Event(_) => vec![],
    }
}

fn extremes(builtin: Builtin) -> Vec<Value> {
    match builtin {
        Builtin::Str => vec![json!(""), json!("\u{0}\"\\ Grün \u{1F427}")],
        Builtin::Number => vec![json!(-0.5), json!(1e300)],
        Builtin::Int | Builtin::Int64 => vec![json!(i64::MIN), json!(i64::MAX)],
        Builtin::Int8 => vec![json!(i8::MIN), json!(i8::MAX)],
        Builtin::Int16 => vec![json!(i16::MIN), json!(i16::MAX)],
        Builtin::Int32 => vec![json!(i32::MIN), json!(i32::MAX)],
        Builtin::Uint8 => vec![json!(0), json!(u8::MAX)],
        Builtin::Uint16 => vec![json!(0), json!(u16::MAX)],
        Builtin::Uint32 => vec![json!(0), json!(u32::MAX)],
        Builtin::Uint64 | Builtin::Size => vec![json!(0), json!(u64::MAX)],
        Builtin::Bool => vec![json!(true), json!(false)],
        Builtin::Any => vec![json!({"any": [1, "two", null]}), json!(null)],
        Builtin::Null => vec![json!(null)],
    }
}

/// The members of an object without those of a branch.
fn members(schema: &Schema, id: Id, depth: usize, full: bool) -> Map<String, Value> {
    let members = schema
        .members(id)
        .into_iter()
        .filter(|(_, member)| !member.optional || full && depth < DEPTH);
    members
        .map(|(_, member)| (member.name.value.clone(), one(schema, member.ty, depth + 1)))
        .collect()
}

/// Some value of a type.
fn one(schema: &Schema, id: Id, depth: usize) -> Value {
    match &schema.get(id).kind {
        Kind::Array(_) if depth > DEPTH => json!([]),
        Kind::Array(element) => json!([one(schema, *element, depth + 1)]),
        Kind::Enum(it) => json!(it.values[depth % it.values.len()].name.value),
        Kind::Object(object) => {
            let mut it = members(schema, id, depth, true);
            if let Some(union) = &object.branches {
                // Those without members are last.
                let branches = &union.branches;
                let branch = match depth > DEPTH {
                    true => branches.len() - 1,
                    false => depth % branches.len(),
                };
                let inner = one(schema, branches[branch].ty, depth + 1);
                it.extend(inner.as_object().cloned().unwrap_or_default());
                let name = &branches[branch].name.value;
                it.insert(union.discriminator.value.clone(), json!(name));
            }
            it.into()
        }
        Kind::Alternate(it) => {
            let is_flat = |id: Id| matches!(schema.get(id).kind, Kind::Builtin(_) | Kind::Enum(_));
            let flat = it.alternatives.iter().find(|it| is_flat(it.ty));
            let first = &it.alternatives[0];
            one(schema, flat.unwrap_or(first).ty, depth + 1)
        }
        Kind::Builtin(builtin) => extremes(*builtin).swap_remove(0),
        Kind::Extern | Kind::Command(_) | Kind::Event(_) => Value::Null,
    }
}
