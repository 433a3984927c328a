//! Values of a schema's types, made and read by following the schema.

use std::collections::BTreeSet;

use qapi_parser::{Builtin, Id, Kind, Schema};
use serde_json::{Map, Value, json};

use crate::dice::Dice;

/// How deep optional members go.
const DEPTH: usize = 4;

/// How deep required members go in a value that ends.
const MAX_DEPTH: usize = 24;

/// A random value of a type; `None` if there is none that ends.
pub(crate) fn value(schema: &Schema, id: Id, dice: &mut Dice, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    Some(match &schema.get(id).kind {
        Kind::Builtin(it) => builtin(*it, dice),
        Kind::Enum(it) => json!(dice.pick(&it.values).name.value),
        Kind::Array(element) => {
            let length = if depth < DEPTH { dice.below(3) } else { 0 };
            let elements = (0..length).map(|_| value(schema, *element, dice, depth + 1));
            Value::Array(elements.collect::<Option<_>>()?)
        }
        Kind::Object(_) => {
            let mut members = Map::new();
            object(schema, id, dice, depth, &mut members)?;
            Value::Object(members)
        }
        Kind::Alternate(it) => {
            let alternative = dice.pick(&it.alternatives).ty;
            value(schema, alternative, dice, depth + 1)?
        }
        Kind::Extern | Kind::Command(_) | Kind::Event(_) => Value::Null,
    })
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

fn object(
    schema: &Schema,
    id: Id,
    dice: &mut Dice,
    depth: usize,
    into: &mut Map<String, Value>,
) -> Option<()> {
    for (_, member) in schema.members(id) {
        if !member.optional || depth < DEPTH && dice.coin() {
            let value = value(schema, member.ty, dice, depth + 1)?;
            into.insert(member.name.value.clone(), value);
        }
    }
    let union = schema.object(id).and_then(|it| it.branches.as_ref());
    if let Some(union) = union {
        let branch = dice.pick(&union.branches);
        let name = json!(branch.name.value);
        into.insert(union.discriminator.value.clone(), name);
        object(schema, branch.ty, dice, depth, into)?;
    }
    Some(())
}

/// Who reads values, and how strictly.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Reader {
    /// Refuses what it does not know.
    Qemu,
    /// Ignores unknown members, and keeps unknown values, branches and alternatives.
    Client,
    /// A client that has to write the same again, so it must know all members; it reads negative numbers for unsigned
    /// ones of 64 bits.
    Merged,
}

impl Reader {
    pub(crate) fn read(self, schema: &Schema, id: Id, value: &Value) -> Result<(), String> {
        let fault = |what: &str| Err(format!("{what}: {value}"));
        match (&schema.get(id).kind, value) {
            (Kind::Builtin(it), value) => match self.builtin(*it, value) {
                true => Ok(()),
                false => fault(&format!("no {it:?}")),
            },
            (Kind::Enum(it), Value::String(text)) => {
                let is_known = it.values.iter().any(|value| value.name.value == *text);
                match is_known || self != Self::Qemu {
                    true => Ok(()),
                    false => fault("unknown value"),
                }
            }
            (Kind::Array(element), Value::Array(values)) => values
                .iter()
                .try_for_each(|it| self.read(schema, *element, it)),
            (Kind::Object(_), Value::Object(members)) => {
                let mut known = BTreeSet::new();
                let is_open = self.object(schema, id, members, &mut known)?;
                let mut unknown = members.keys().filter(|name| !known.contains(name.as_str()));
                match unknown.next() {
                    Some(name) if self != Self::Client && !is_open => {
                        fault(&format!("unknown member {name}"))
                    }
                    _ => Ok(()),
                }
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
                    Some(it) => self.read(schema, it.ty, value),
                    None if self != Self::Qemu => Ok(()),
                    None => fault("unknown alternative"),
                }
            }
            (kind, _) => fault(&format!(
                "no {}",
                format!("{kind:?}").split('(').next().unwrap_or("")
            )),
        }
    }

    /// Reads what an absent type stands for: an object without members.
    pub(crate) fn read_nothing(self, value: &Value) -> Result<(), String> {
        match value {
            Value::Object(members) if self == Self::Client || members.is_empty() => Ok(()),
            _ => Err(format!("not empty: {value}")),
        }
    }

    /// Reads the members of an object, notes their names, and tells whether others are kept.
    fn object(
        self,
        schema: &Schema,
        id: Id,
        members: &Map<String, Value>,
        known: &mut BTreeSet<String>,
    ) -> Result<bool, String> {
        for (_, member) in schema.members(id) {
            let name = &member.name.value;
            match members.get(name) {
                Some(value) => {
                    known.insert(name.clone());
                    self.read(schema, member.ty, value)
                        .map_err(|error| format!("{name}: {error}"))?;
                }
                None if member.optional => {}
                None => return Err(format!("{name} is missing")),
            }
        }
        let union = schema.object(id).and_then(|it| it.branches.as_ref());
        let Some(union) = union else {
            return Ok(false);
        };
        let Some(Value::String(tag)) = members.get(&union.discriminator.value) else {
            return Err("no discriminator".to_owned());
        };
        match union.branches.iter().find(|it| it.name.value == *tag) {
            Some(branch) => self.object(schema, branch.ty, members, known),
            // An unknown branch keeps its members.
            None if self != Self::Qemu => Ok(true),
            None => Err(format!("unknown branch {tag}")),
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
