//! The type that holds the values of two types.

use qapi_parser::{Branch, Definition, Id, Kind};

use crate::merge::draft::Draft;
use crate::shape::{Json, Range, Scalar, builtin};

impl Draft<'_> {
    /// The type that holds the values of `old` and of `new`, if there is one.
    ///
    /// Objects, enums and alternates at the same place have been paired, so the old one becomes such a type.
    pub(super) fn join(&mut self, old: Id, new: Id) -> Option<Id> {
        if old == new || self.home(new) == old {
            return Some(old);
        }
        if self.is_extern(old) {
            return Some(old);
        }
        if self.is_extern(new) {
            return Some(new);
        }
        match (self.kind(old), self.kind(new)) {
            (Kind::Builtin(of_old), Kind::Builtin(of_new)) => {
                match (builtin(*of_old), builtin(*of_new)) {
                    (None, _) => Some(old),
                    (_, None) => Some(new),
                    (Some(of_old), Some(of_new)) => self.scalar((old, of_old), (new, of_new)),
                }
            }
            (Kind::Builtin(it), _) if builtin(*it).is_none() => Some(old),
            (_, Kind::Builtin(it)) if builtin(*it).is_none() => Some(new),
            (Kind::Object(_), Kind::Object(_)) => match (self.is_empty(old), self.is_empty(new)) {
                (true, false) => {
                    let new = self.home(new);
                    self.loosen(new);
                    Some(new)
                }
                (false, true) => {
                    self.loosen(old);
                    Some(old)
                }
                _ => Some(old),
            },
            // An enum keeps unknown strings.
            (Kind::Enum(_), Kind::Enum(_) | Kind::Builtin(qapi_parser::Builtin::Str))
            | (Kind::Builtin(qapi_parser::Builtin::Str), Kind::Enum(_))
            | (Kind::Alternate(_), Kind::Alternate(_)) => Some(old),
            (Kind::Array(of_old), Kind::Array(of_new)) => {
                let (of_old, of_new) = (*of_old, *of_new);
                let element = self.join(of_old, of_new)?;
                match element == of_old {
                    true => Some(old),
                    false => Some(self.array(element, old)),
                }
            }
            (Kind::Alternate(_), _) => self.alternative(old, new, false),
            (_, Kind::Alternate(_)) => self.alternative(new, old, true),
            _ => None,
        }
    }

    fn scalar(&self, old: (Id, Scalar), new: (Id, Scalar)) -> Option<Id> {
        match (old.1, new.1) {
            (a, b) if a == b => Some(old.0),
            (Scalar::Integer(a), Scalar::Integer(b)) if a.contains(b) => Some(old.0),
            (Scalar::Integer(a), Scalar::Integer(b)) if b.contains(a) => Some(new.0),
            (Scalar::Integer(a), Scalar::Integer(b)) => {
                let both = Range {
                    min: a.min.min(b.min),
                    max: a.max.max(b.max),
                };
                let wider = [("int16", 16), ("int32", 32), ("int", 64)];
                let wider = wider.into_iter().find(|(_, bits)| {
                    let end = 1_i128 << (bits - 1);
                    -end <= both.min && both.max < end
                });
                match wider {
                    Some((name, _)) => self.builtin(name),
                    // All 64 bits are in use, so the type is unsigned. It decodes negative numbers with the same bits.
                    None if a.min == 0 => Some(old.0),
                    None => Some(new.0),
                }
            }
            (Scalar::Number, Scalar::Integer(_)) => Some(old.0),
            (Scalar::Integer(_), Scalar::Number) => Some(new.0),
            _ => None,
        }
    }

    /// The array of an element that differs from that of `like`.
    fn array(&mut self, element: Id, like: Id) -> Id {
        if let Some(&array) = self.arrays.get(&element) {
            return array;
        }
        let like = self.definition(like);
        let array = Definition {
            name: format!("{}List", self.definition(element).name),
            kind: Kind::Array(element),
            ..like.clone()
        };
        let id = Id::new(self.parts.definitions.len());
        self.parts.definitions.push(array);
        self.arrays.insert(element, id);
        id
    }

    /// An alternate, if one of its alternatives holds the values of `other`.
    fn alternative(&mut self, alternate: Id, other: Id, other_is_old: bool) -> Option<Id> {
        let alternate = self.home(alternate);
        let index = self.matching(alternate, other)?;
        let ty = self.alternatives(alternate)[index].ty;
        let joined = match other_is_old {
            true => self.join(other, ty),
            false => self.join(ty, other),
        };
        let joined = joined?;
        if let Kind::Alternate(it) = &mut self.parts.definitions[alternate.index()].kind {
            it.alternatives[index].ty = joined;
        }
        Some(alternate)
    }

    pub(super) fn alternatives(&self, alternate: Id) -> &[Branch] {
        match self.kind(alternate) {
            Kind::Alternate(it) => &it.alternatives,
            _ => &[],
        }
    }

    /// The alternative that has the JSON type of `other`.
    pub(super) fn matching(&self, alternate: Id, other: Id) -> Option<usize> {
        let wanted = self.json(other)?;
        let alternatives = self.alternatives(alternate);
        let position = |json| {
            alternatives
                .iter()
                .position(|it| self.json(it.ty) == Some(json))
        };
        position(wanted).or_else(|| match wanted {
            Json::Integer => position(Json::Number),
            Json::Number => position(Json::Integer),
            _ => None,
        })
    }

    fn json(&self, id: Id) -> Option<Json> {
        crate::shape::json_of(self.kind(id))
    }
}
