//! Creates and reads values of a schema's types.

use std::collections::BTreeSet;

use qapi_parser::{Builtin, Id, Kind, Schema};
use serde_json::{Map, Value, json};

use crate::dice::Dice;

/// The maximum depth of required members in a finite value.
const MAX_DEPTH: usize = 24;

/// Creates random values of a schema's types.
pub(crate) struct Writer<'a> {
    pub(crate) schema: &'a Schema,
    /// The maximum depth of optional members.
    pub(crate) depth: usize,
    /// Strings with a meaning for the reader.
    pub(crate) words: &'a [&'a str],
}

/// A random value of a type; `None` if all of its values are infinite.
pub(crate) fn value(schema: &Schema, id: Id, dice: &mut Dice) -> Option<Value> {
    let writer = Writer {
        schema,
        depth: 4,
        words: &[],
    };
    writer.value(id, dice, 0)
}

impl Writer<'_> {
    /// A value of a type; without one, of an object without members.
    pub(crate) fn write(&self, id: Option<Id>, dice: &mut Dice) -> Option<Value> {
        match id {
            Some(id) => self.value(id, dice, 0),
            None => Some(json!({})),
        }
    }

    fn value(&self, id: Id, dice: &mut Dice, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        Some(match &self.schema.get(id).kind {
            Kind::Builtin(Builtin::Str) if !self.words.is_empty() && dice.coin() => {
                json!(dice.pick(self.words))
            }
            Kind::Builtin(it) => builtin(*it, dice),
            Kind::Enum(it) => json!(dice.pick(&it.values).name.value),
            Kind::Array(element) => {
                let length = if depth < self.depth { dice.below(3) } else { 0 };
                let elements = (0..length).map(|_| self.value(*element, dice, depth + 1));
                Value::Array(elements.collect::<Option<_>>()?)
            }
            Kind::Object(_) => {
                let mut members = Map::new();
                self.object(id, dice, depth, &mut members)?;
                Value::Object(members)
            }
            Kind::Alternate(it) => {
                let alternative = dice.pick(&it.alternatives).ty;
                self.value(alternative, dice, depth + 1)?
            }
            Kind::Extern | Kind::Command(_) | Kind::Event(_) => Value::Null,
        })
    }

    fn object(
        &self,
        id: Id,
        dice: &mut Dice,
        depth: usize,
        into: &mut Map<String, Value>,
    ) -> Option<()> {
        for (_, member) in self.schema.members(id) {
            if !member.optional || depth < self.depth && dice.coin() {
                let value = self.value(member.ty, dice, depth + 1)?;
                into.insert(member.name.value.clone(), value);
            }
        }
        let union = self.schema.object(id).and_then(|it| it.branches.as_ref());
        if let Some(union) = union {
            let branch = dice.pick(&union.branches);
            let name = json!(branch.name.value);
            into.insert(union.discriminator.value.clone(), name);
            self.object(branch.ty, dice, depth, into)?;
        }
        Some(())
    }
}

fn builtin(builtin: Builtin, dice: &mut Dice) -> Value {
    match builtin {
        Builtin::Str => json!(format!("text {}", dice.below(10))),
        Builtin::Bool => json!(dice.coin()),
        Builtin::Null => Value::Null,
        Builtin::Any => dice
            .pick(&[json!(1), json!("x"), json!([]), json!({})])
            .clone(),
        Builtin::Number => dice.pick(&[json!(0.5), json!(7), json!(-1.5)]).clone(),
        Builtin::Int8 => json!(*dice.pick(&[i8::MIN, 0, i8::MAX])),
        Builtin::Int16 => json!(*dice.pick(&[i16::MIN, 0, i16::MAX])),
        Builtin::Int32 => json!(*dice.pick(&[i32::MIN, 0, i32::MAX])),
        Builtin::Int | Builtin::Int64 => json!(*dice.pick(&[i64::MIN, 0, i64::MAX])),
        Builtin::Uint8 => json!(*dice.pick(&[0, u8::MAX])),
        Builtin::Uint16 => json!(*dice.pick(&[0, u16::MAX])),
        Builtin::Uint32 => json!(*dice.pick(&[0, u32::MAX])),
        Builtin::Uint64 | Builtin::Size => json!(*dice.pick(&[0, u64::MAX])),
    }
}

/// The reader of values, which determines how strict it is.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Reader {
    /// QEMU: rejects unknown items.
    Qemu,
    /// Ignores unknown members, and keeps unknown values, branches and alternatives.
    Client,
    /// A client that must encode the same value, so it must know all members; it reads negative numbers as unsigned
    /// ones of 64 bits.
    Merged,
}

/// A reason why a value cannot be read.
pub(crate) struct Fault {
    /// The last step of the path to the item at fault, as in the path of a change.
    pub(crate) item: String,
    /// The member that has the value at fault.
    pub(crate) member: String,
    /// The reason.
    pub(crate) text: String,
}

impl Reader {
    /// Reads a value, and returns the first fault in words.
    pub(crate) fn read(self, schema: &Schema, id: Id, value: &Value) -> Result<(), String> {
        match self.faults(schema, Some(id), value).first() {
            None => Ok(()),
            Some(Fault { item, text, .. }) => Err(format!("{item}: {text}")),
        }
    }

    /// Reads the value of an absent type: an object without members.
    pub(crate) fn read_nothing(self, value: &Value) -> Result<(), String> {
        match value {
            Value::Object(members) if self == Self::Client || members.is_empty() => Ok(()),
            _ => Err(format!("not empty: {value}")),
        }
    }

    /// All faults of a value of a type; without one, of an object without members.
    pub(crate) fn faults(self, schema: &Schema, id: Option<Id>, value: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        match (id.or(schema.find("q_empty")), value) {
            (Some(id), value) => self.check(schema, id, value, "", &mut faults),
            (None, _) => faults.extend(self.read_nothing(value).err().map(|text| Fault {
                item: String::new(),
                member: String::new(),
                text,
            })),
        }
        faults
    }

    fn check(self, schema: &Schema, id: Id, value: &Value, at: &str, faults: &mut Vec<Fault>) {
        let mut fault = |item: &str, what: &str| {
            faults.push(Fault {
                item: item.to_owned(),
                member: at.to_owned(),
                text: format!("{what}: {value}"),
            });
        };
        match (&schema.get(id).kind, value) {
            (Kind::Builtin(it), value) => {
                if !self.builtin(*it, value) {
                    fault(at, &format!("no {it:?}"));
                }
            }
            (Kind::Enum(it), Value::String(text)) => {
                let is_known = it.values.iter().any(|value| value.name.value == *text);
                if !is_known && self == Self::Qemu {
                    fault(&format!("^{text}"), "unknown value");
                }
            }
            (Kind::Array(element), Value::Array(values)) => {
                for it in values {
                    self.check(schema, *element, it, at, faults);
                }
            }
            (Kind::Object(_), Value::Object(members)) => {
                let mut known = BTreeSet::new();
                let is_open = self.object(schema, id, members, &mut known, faults);
                if self == Self::Client || is_open {
                    return;
                }
                let unknown = members.keys().filter(|name| !known.contains(name.as_str()));
                faults.extend(unknown.map(|name| Fault {
                    item: name.clone(),
                    member: name.clone(),
                    text: format!("unknown member: {value}"),
                }));
            }
            (Kind::Alternate(it), value) => {
                let kind = |id: Id| match &schema.get(id).kind {
                    Kind::Builtin(Builtin::Bool) => value.is_boolean(),
                    Kind::Builtin(Builtin::Null) => value.is_null(),
                    Kind::Builtin(Builtin::Str) | Kind::Enum(_) => value.is_string(),
                    Kind::Builtin(_) => value.is_number(),
                    Kind::Array(_) => value.is_array(),
                    _ => value.is_object(),
                };
                match it.alternatives.iter().find(|it| kind(it.ty)) {
                    Some(it) => self.check(schema, it.ty, value, at, faults),
                    None if self != Self::Qemu => {}
                    None => fault(&format!("|{}", json_type(value)), "unknown alternative"),
                }
            }
            (kind, _) => {
                let kind = format!("{kind:?}");
                fault(at, &format!("no {}", kind.split('(').next().unwrap_or("")));
            }
        }
    }

    /// Reads the members of an object, notes their names, and tells whether others are kept.
    fn object(
        self,
        schema: &Schema,
        id: Id,
        members: &Map<String, Value>,
        known: &mut BTreeSet<String>,
        faults: &mut Vec<Fault>,
    ) -> bool {
        let union = schema.object(id).and_then(|it| it.branches.as_ref());
        for (_, member) in schema.members(id) {
            let name = &member.name.value;
            let is_tag = union.is_some_and(|union| union.discriminator.value == *name);
            match members.get(name) {
                // The values of a discriminator are the branches.
                Some(Value::String(_)) if is_tag => {
                    known.insert(name.clone());
                }
                Some(value) => {
                    known.insert(name.clone());
                    self.check(schema, member.ty, value, name, faults);
                }
                None if member.optional => {}
                None => faults.push(Fault {
                    item: name.clone(),
                    member: name.clone(),
                    text: "it is missing".to_owned(),
                }),
            }
        }
        let Some(union) = union else {
            return false;
        };
        // A missing discriminator is a missing member.
        let Some(Value::String(tag)) = members.get(&union.discriminator.value) else {
            return false;
        };
        match union.branches.iter().find(|it| it.name.value == *tag) {
            Some(branch) => self.object(schema, branch.ty, members, known, faults),
            None if self == Self::Qemu => {
                faults.push(Fault {
                    item: format!("+{tag}"),
                    member: union.discriminator.value.clone(),
                    text: "unknown branch".to_owned(),
                });
                true
            }
            // An unknown branch keeps its members.
            None => true,
        }
    }

    fn builtin(self, builtin: Builtin, value: &Value) -> bool {
        let between = |min: i128, max: i128| {
            let number = value.as_i64().map(i128::from);
            let number = number.or(value.as_u64().map(i128::from));
            number.is_some_and(|it| min <= it && it <= max)
        };
        match builtin {
            Builtin::Str => value.is_string(),
            Builtin::Bool => value.is_boolean(),
            Builtin::Null => value.is_null(),
            Builtin::Any => true,
            Builtin::Number => value.is_number(),
            Builtin::Int8 => between(i8::MIN.into(), i8::MAX.into()),
            Builtin::Int16 => between(i16::MIN.into(), i16::MAX.into()),
            Builtin::Int32 => between(i32::MIN.into(), i32::MAX.into()),
            Builtin::Int | Builtin::Int64 => between(i64::MIN.into(), i64::MAX.into()),
            Builtin::Uint8 => between(0, u8::MAX.into()),
            Builtin::Uint16 => between(0, u16::MAX.into()),
            Builtin::Uint32 => between(0, u32::MAX.into()),
            Builtin::Uint64 | Builtin::Size if self == Self::Merged => {
                between(i64::MIN.into(), u64::MAX.into())
            }
            Builtin::Uint64 | Builtin::Size => between(0, u64::MAX.into()),
        }
    }
}

/// The JSON type of a value, as in the path of a change.
fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(it) if it.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}
