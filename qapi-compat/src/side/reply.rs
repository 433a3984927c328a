//! The reply of `query-qmp-schema` as a schema.
//!
//! A reply has numbers instead of type names, calls every integer `int`, and has no conditions.

use std::fmt;

use foldhash::{HashMap, HashMapExt as _};
use qapi_parser::{
    Alternate, Branch, Branches, Command, Definition, Enum, EnumValue, Event, Feature, Id, Kind,
    Loader, Member, ModuleId, Object, Parts, Schema, Span, Spanned,
};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

/// The reason why a reply of `query-qmp-schema` is not a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyError {
    message: String,
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReplyError {}

fn fault(message: impl Into<String>) -> ReplyError {
    ReplyError {
        message: message.into(),
    }
}

/// The envelope of a reply.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "return")]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    #[serde(default)]
    features: Option<Vec<String>>,
    #[serde(flatten)]
    meta: Meta,
}

/// The kinds of entries, as in `introspect.json` of QEMU.
#[derive(Deserialize)]
#[serde(tag = "meta-type", rename_all = "kebab-case")]
enum Meta {
    Builtin {
        #[serde(rename = "json-type")]
        json_type: String,
    },
    Enum {
        #[serde(default)]
        members: Vec<EnumMember>,
        /// The only form before QEMU 6.2.
        #[serde(default)]
        values: Vec<String>,
    },
    Array {
        #[serde(rename = "element-type")]
        element_type: String,
    },
    Object {
        members: Vec<ObjectMember>,
        tag: Option<String>,
        #[serde(default)]
        variants: Vec<Variant>,
    },
    Alternate {
        members: Vec<Alternative>,
    },
    Command {
        #[serde(rename = "arg-type")]
        arg_type: String,
        #[serde(rename = "ret-type")]
        ret_type: String,
        #[serde(rename = "allow-oob", default)]
        allow_oob: bool,
    },
    Event {
        #[serde(rename = "arg-type")]
        arg_type: String,
    },
}

#[derive(Deserialize)]
struct EnumMember {
    name: String,
    #[serde(default)]
    features: Vec<String>,
}

#[derive(Deserialize)]
struct ObjectMember {
    name: String,
    #[serde(rename = "type")]
    ty: String,
    /// Whether there is a `default`, which is always null.
    #[serde(rename = "default", default, deserialize_with = "is_there")]
    optional: bool,
    #[serde(default)]
    features: Vec<String>,
}

#[derive(Deserialize)]
struct Variant {
    case: String,
    #[serde(rename = "type")]
    ty: String,
}

#[derive(Deserialize)]
struct Alternative {
    #[serde(rename = "type")]
    ty: String,
}

fn is_there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

/// Reads a reply, and returns whether it includes features.
pub(super) fn read(text: &str) -> Result<(Schema, bool), ReplyError> {
    let entries = match text.trim_start().starts_with('[') {
        true => serde_json::from_str(text),
        false => serde_json::from_str(text).map(|it: Envelope| it.entries),
    };
    let entries: Vec<Entry> =
        entries.map_err(|error| fault(format!("not a reply of query-qmp-schema: {error}")))?;
    let has_features = entries.iter().any(|entry| {
        let is_feature = |features: &[String]| !features.is_empty();
        entry.features.is_some()
            || match &entry.meta {
                Meta::Enum { members, .. } => members.iter().any(|it| is_feature(&it.features)),
                Meta::Object { members, .. } => members.iter().any(|it| is_feature(&it.features)),
                _ => false,
            }
    });
    // An empty schema has the built-in definitions.
    let empty = Loader::new().read_with(|_| Ok(Vec::new())).load("");
    let empty = empty.map_err(|error| fault(error.to_string()))?;
    let nowhere = empty.sources().iter().next().map(|root| Span {
        source: root.id(),
        start: 0,
        end: 0,
    });
    let Some(nowhere) = nowhere else {
        return Err(fault("an empty schema has no root"));
    };
    let mut reader = Reader {
        nowhere,
        module: empty.get(Id::new(0)).module,
        empty: empty.find("q_empty").unwrap_or(Id::new(0)),
        ids: HashMap::with_capacity(entries.len()),
        enums: HashMap::new(),
    };
    let first = empty.definitions().len();
    for (index, entry) in entries.iter().enumerate() {
        let id = match &entry.meta {
            Meta::Builtin { json_type } => builtin(&empty, &entry.name, json_type)?,
            _ => Id::new(first + index),
        };
        if reader.ids.insert(entry.name.as_str(), id).is_some() {
            return Err(fault(format!("'{}' is defined twice", entry.name)));
        }
        if let Meta::Enum { members, values } = &entry.meta {
            let members = members.iter().map(|it| it.name.as_str());
            let names = match members.len() {
                0 => values.iter().map(String::as_str).collect(),
                _ => members.collect(),
            };
            reader.enums.insert(entry.name.as_str(), names);
        }
    }
    let mut parts = empty.into_parts();
    for entry in &entries {
        parts.definitions.push(reader.definition(entry)?);
    }
    check_lists(&parts)?;
    check_branches(&parts, first)?;
    Ok((Schema::from_parts(parts), has_features))
}

/// The built-in type of this name, or the one that has the JSON type.
fn builtin(empty: &Schema, name: &str, json_type: &str) -> Result<Id, ReplyError> {
    let by_json = match json_type {
        "string" => "str",
        "number" => "number",
        "int" => "int",
        "boolean" => "bool",
        "null" => "null",
        "value" => "any",
        other => {
            return Err(fault(format!(
                "'{name}' has the unknown JSON type '{other}'"
            )));
        }
    };
    let known = empty
        .find(name)
        .filter(|id| matches!(empty.get(*id).kind, Kind::Builtin(_)));
    let id = known.or_else(|| empty.find(by_json));
    id.ok_or_else(|| fault(format!("there is no built-in type '{name}'")))
}

struct Reader<'a> {
    nowhere: Span,
    module: ModuleId,
    /// The object without members.
    empty: Id,
    /// All entries by name.
    ids: HashMap<&'a str, Id>,
    /// The values of the enums by name.
    enums: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Reader<'a> {
    fn name(&self, name: &str) -> Spanned<String> {
        Spanned {
            value: name.to_owned(),
            span: self.nowhere,
        }
    }

    fn id(&self, name: &str) -> Result<Id, ReplyError> {
        let id = self.ids.get(name).copied();
        id.ok_or_else(|| fault(format!("there is no type '{name}'")))
    }

    fn features(&self, names: &[String]) -> Vec<Feature> {
        let feature = |name: &String| Feature {
            name: self.name(name),
            condition: None,
        };
        names.iter().map(feature).collect()
    }

    fn definition(&self, entry: &'a Entry) -> Result<Definition, ReplyError> {
        let is_type = !matches!(entry.meta, Meta::Command { .. } | Meta::Event { .. });
        Ok(Definition {
            name: entry.name.clone(),
            span: None,
            // Type names are meaningless numbers.
            is_implicit: is_type,
            module: self.module,
            doc: None,
            condition: None,
            features: self.features(entry.features.as_deref().unwrap_or_default()),
            kind: self.kind(entry)?,
        })
    }

    fn kind(&self, entry: &'a Entry) -> Result<Kind, ReplyError> {
        Ok(match &entry.meta {
            // A placeholder: the built-in type of the empty schema is used instead.
            Meta::Builtin { .. } => Kind::Extern,
            Meta::Enum { members, values } => {
                let value = |name: &String, features: &[String]| EnumValue {
                    name: self.name(name),
                    condition: None,
                    features: self.features(features),
                };
                let values = match members.is_empty() {
                    true => values.iter().map(|name| value(name, &[])).collect(),
                    false => members
                        .iter()
                        .map(|it| value(&it.name, &it.features))
                        .collect(),
                };
                Kind::Enum(Enum {
                    values,
                    prefix: None,
                })
            }
            Meta::Array { element_type } => Kind::Array(self.id(element_type)?),
            Meta::Object {
                members,
                tag,
                variants,
            } => Kind::Object(Object {
                base: None,
                members: members
                    .iter()
                    .map(|it| {
                        Ok(Member {
                            name: self.name(&it.name),
                            ty: self.id(&it.ty)?,
                            optional: it.optional,
                            condition: None,
                            features: self.features(&it.features),
                        })
                    })
                    .collect::<Result<_, ReplyError>>()?,
                branches: match tag {
                    Some(tag) => Some(self.branches(entry, members, tag, variants)?),
                    None => None,
                },
            }),
            Meta::Alternate { members } => Kind::Alternate(Alternate {
                alternatives: members
                    .iter()
                    .map(|it| {
                        Ok(Branch {
                            name: self.name(&it.ty),
                            ty: self.id(&it.ty)?,
                            condition: None,
                        })
                    })
                    .collect::<Result<_, ReplyError>>()?,
            }),
            Meta::Command {
                arg_type,
                ret_type,
                allow_oob,
            } => Kind::Command(Command {
                arguments: Some(self.id(arg_type)?),
                returns: Some(self.id(ret_type)?),
                boxed: false,
                gen_code: true,
                success_response: true,
                allow_oob: *allow_oob,
                allow_preconfig: false,
                coroutine: false,
            }),
            Meta::Event { arg_type } => Kind::Event(Event {
                data: Some(self.id(arg_type)?),
                boxed: false,
            }),
        })
    }

    fn branches(
        &self,
        entry: &Entry,
        members: &[ObjectMember],
        tag: &str,
        variants: &[Variant],
    ) -> Result<Branches, ReplyError> {
        let member = members.iter().find(|it| it.name == tag);
        let values = member.and_then(|it| Some((it, self.enums.get(it.ty.as_str())?)));
        let (member, values) = values.ok_or_else(|| {
            fault(format!(
                "'{}' has no member '{tag}' that is an enum",
                entry.name
            ))
        })?;
        let mut branches = Vec::with_capacity(values.len());
        let mut named: HashMap<&str, ()> = HashMap::new();
        for variant in variants {
            named.insert(&variant.case, ());
            branches.push(Branch {
                name: self.name(&variant.case),
                ty: self.id(&variant.ty)?,
                condition: None,
            });
        }
        let others = values.iter().filter(|value| !named.contains_key(*value));
        branches.extend(others.map(|value| Branch {
            name: self.name(value),
            ty: self.empty,
            condition: None,
        }));
        Ok(Branches {
            discriminator: self.name(tag),
            tag: self.id(&member.ty)?,
            branches,
        })
    }
}

/// The maximum nesting of lists. In QEMU's schemas, lists do not nest.
const MAX_LISTS: usize = 100;

/// Checks that no list contains itself through its elements.
fn check_lists(parts: &Parts) -> Result<(), ReplyError> {
    let element = |id: &Id| match &parts.definitions[id.index()].kind {
        Kind::Array(element) => Some(*element),
        _ => None,
    };
    for (index, definition) in parts.definitions.iter().enumerate() {
        let lists = std::iter::successors(Some(Id::new(index)), element);
        if lists.take(MAX_LISTS + 1).count() > MAX_LISTS {
            let name = &definition.name;
            return Err(fault(format!(
                "lists nest deeper than {MAX_LISTS} levels in '{name}'"
            )));
        }
    }
    Ok(())
}

/// Checks that branches are objects, and that none refers back to its union.
fn check_branches(parts: &Parts, first: usize) -> Result<(), ReplyError> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let branches = |id: Id| match &parts.definitions[id.index()].kind {
        Kind::Object(it) => it
            .branches
            .as_ref()
            .map_or(&[][..], |union| &union.branches),
        _ => &[],
    };
    let mut states = vec![State::New; parts.definitions.len()];
    for root in (first..parts.definitions.len()).map(Id::new) {
        let mut open = vec![(root, branches(root).iter())];
        while let Some((id, rest)) = open.last_mut() {
            let id = *id;
            states[id.index()] = State::Open;
            let Some(branch) = rest.next() else {
                states[id.index()] = State::Done;
                open.pop();
                continue;
            };
            let name = &parts.definitions[id.index()].name;
            if !matches!(parts.definitions[branch.ty.index()].kind, Kind::Object(_)) {
                let branch = &branch.name.value;
                return Err(fault(format!(
                    "branch '{branch}' of '{name}' is not an object"
                )));
            }
            match states[branch.ty.index()] {
                State::New => open.push((branch.ty, branches(branch.ty).iter())),
                State::Open => return Err(fault(format!("'{name}' is a branch of itself"))),
                State::Done => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(entries: &str) -> String {
        match read(&format!("[{entries}]")) {
            Ok(_) => panic!("accepted: {entries}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn recursive_lists_and_branches_are_refused() {
        let list = r#"{"meta-type": "array", "name": "[1]", "element-type": "[1]"}"#;
        assert_eq!(refusal(list), "lists nest deeper than 100 levels in '[1]'");
        let union = r#"{"meta-type": "enum", "name": "2", "values": ["a"]},
            {"meta-type": "object", "name": "1", "members": [{"name": "t", "type": "2"}], "tag": "t",
             "variants": [{"case": "a", "type": "1"}]}"#;
        assert_eq!(refusal(union), "'1' is a branch of itself");
    }

    #[test]
    fn missing_and_repeated_types_are_named() {
        let command =
            r#"{"meta-type": "command", "name": "stop", "arg-type": "0", "ret-type": "0"}"#;
        assert_eq!(refusal(command), "there is no type '0'");
        let twice = r#"{"meta-type": "enum", "name": "2", "values": ["a"]}"#;
        assert_eq!(
            refusal(&format!("{twice}, {twice}")),
            "'2' is defined twice"
        );
    }
}
