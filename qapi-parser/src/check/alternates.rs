//! Alternates: the alternatives must have different JSON types.

use super::checker::Checker;
use crate::ast::EnumValue;
use crate::dialect::Dialect;
use crate::names::CName;
use crate::schema::draft::{DraftBranch, DraftKind};
use crate::schema::{Builtin, Id};
use crate::small_map::SmallMap;

/// What distinguishes alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum JsonType {
    Null,
    String,
    /// An integer.
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

impl JsonType {
    /// The other number type, for a number. JSON does not distinguish them.
    fn other_number(self) -> Option<Self> {
        match self {
            JsonType::Integer => Some(JsonType::Number),
            JsonType::Number => Some(JsonType::Integer),
            _ => None,
        }
    }

    fn plural(self) -> &'static str {
        match self {
            JsonType::Null => "null",
            JsonType::String => "strings",
            JsonType::Integer | JsonType::Number => "numbers",
            JsonType::Boolean => "booleans",
            JsonType::Array => "arrays",
            JsonType::Object => "objects",
        }
    }
}

impl<'a> Checker<'a, '_> {
    pub(super) fn alternate(&mut self, id: Id, alternatives: &'a [DraftBranch<'a>]) {
        self.own_features(id);
        let mut names = SmallMap::new();
        // The JSON type, and the types that QEMU's other syntaxes may confuse it with.
        let mut types = SmallMap::new();
        let mut likely = SmallMap::new();
        for branch in alternatives {
            let name = &branch.name;
            let source = format_args!("branch '{}'", name.value);
            let ty = self.resolve(id, source, &branch.ty);
            if let Some(other) = names.insert(CName(name.value), branch) {
                let other = &other.name;
                let message = format!("{source} collides with branch '{}'", other.value);
                let fault = self.fault(id, name.span, message);
                self.findings
                    .push(fault.label(other.span, "the other branch"));
            }
            let Some(ty) = ty else { continue };
            let Some(json) = self.json_type(ty) else {
                let message = format!("{source} cannot use {}", self.draft(ty).describe());
                let fault = self.fault(id, branch.ty.span, message);
                let hint = "alternatives are distinguished by their JSON type";
                self.findings.push(fault.hint(hint));
                continue;
            };
            let also = self.reads_like(ty, json);
            let same: Option<&DraftBranch<'_>> = types.get(json);
            let alike = || {
                let others = also
                    .iter()
                    .flat_map(|&json| [types.get(json), likely.get(json)]);
                others.chain([likely.get(json)]).flatten().next()
            };
            let number = json.other_number().and_then(|json| types.get(json));
            if let Some(other) = same.or(number).or_else(alike) {
                let other = &other.name;
                let message = format!("{source} can't be distinguished from '{}'", other.value);
                let fault = self.fault(id, name.span, message);
                let fault = fault.label(other.span, "the other branch");
                match (same, number) {
                    (Some(_), _) => self
                        .findings
                        .push(fault.hint(format!("both are {} in JSON", json.plural()))),
                    (None, Some(_)) => {
                        let hint = Dialect::INT_AND_NUMBER.hint();
                        self.findings.tolerate(fault.hint(hint));
                    }
                    (None, None) => {
                        let hint = Dialect::STRING_LIKE_ANOTHER.hint();
                        self.findings.tolerate(fault.hint(hint));
                    }
                }
            }
            types.insert(json, branch);
            for json in also {
                likely.insert(json, branch);
            }
        }
    }

    fn json_type(&self, ty: Id) -> Option<JsonType> {
        Some(match &self.draft(ty).kind {
            DraftKind::Builtin(Builtin::Str) | DraftKind::Enum { .. } => JsonType::String,
            DraftKind::Builtin(Builtin::Bool) => JsonType::Boolean,
            DraftKind::Builtin(Builtin::Null) => JsonType::Null,
            DraftKind::Builtin(Builtin::Any) => return None,
            DraftKind::Builtin(Builtin::Number) => JsonType::Number,
            DraftKind::Builtin(_) => JsonType::Integer,
            DraftKind::Array { .. } => JsonType::Array,
            // An extern type is most likely an object.
            DraftKind::Object { .. } | DraftKind::Extern => JsonType::Object,
            DraftKind::Alternate { .. } | DraftKind::Command { .. } | DraftKind::Event { .. } => {
                return None;
            }
        })
    }

    /// What the strings of a type may be confused with.
    fn reads_like(&self, ty: Id, json: JsonType) -> Vec<JsonType> {
        let is_switch = |value: &EnumValue<'_>| matches!(value.name.value, "on" | "off");
        let is_number = |value: &EnumValue<'_>| {
            let first = value.name.value.chars().next();
            first.is_some_and(|c| c.is_ascii_digit() || "+-.".contains(c))
        };
        match &self.draft(ty).kind {
            DraftKind::Enum { values, .. } => {
                let boolean = values.iter().any(is_switch).then_some(JsonType::Boolean);
                let numbers = [JsonType::Integer, JsonType::Number];
                let numbers = numbers.into_iter().filter(|_| values.iter().any(is_number));
                boolean.into_iter().chain(numbers).collect()
            }
            _ if json == JsonType::String => {
                vec![JsonType::Boolean, JsonType::Integer, JsonType::Number]
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::messages;

    /// Whether strict mode distinguishes alternatives of the two types, in either order.
    fn differ(one: &str, other: &str) -> bool {
        let distinguishes = |a: &str, b: &str| {
            messages(&format!(
                "{{ 'enum': 'OnOff', 'data': [ 'on', 'off' ] }}\n{{ 'enum': 'Odd', 'data': [ 'one' ] }}\n\
                 {{ 'enum': 'Digit', 'data': [ '1st' ] }}\n{{ 'struct': 'Ab', 'data': {{}} }}\n\
                 {{ 'alternate': 'Alt', 'data': {{ 'a': {a}, 'b': {b} }} }}"
            ))
        };
        let (forth, back) = (distinguishes(one, other), distinguishes(other, one));
        assert_eq!(forth.is_empty(), back.is_empty(), "{one} {other}");
        forth.is_empty()
    }

    #[test]
    fn alternatives_must_differ_in_json_and_as_text() {
        let types = [
            "'str'",
            "'bool'",
            "'int'",
            "'null'",
            "'Ab'",
            "[ 'int' ]",
            "'OnOff'",
            "'Odd'",
            "'Digit'",
        ];
        let alike = [
            ("'str'", "'bool'"),
            ("'str'", "'int'"),
            ("'str'", "'OnOff'"),
            ("'str'", "'Odd'"),
            ("'str'", "'Digit'"),
            ("'bool'", "'OnOff'"),
            ("'int'", "'Digit'"),
            ("'OnOff'", "'Odd'"),
            ("'OnOff'", "'Digit'"),
            ("'Odd'", "'Digit'"),
        ];
        for (index, one) in types.iter().enumerate() {
            assert!(!differ(one, one), "{one}");
            for other in &types[index + 1..] {
                assert_eq!(
                    differ(one, other),
                    !alike.contains(&(one, other)),
                    "{one} {other}"
                );
            }
        }
        assert!(!differ("'size'", "'number'"));
    }
}
