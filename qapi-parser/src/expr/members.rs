//! Reads members, branches, values, features and their types.

use std::fmt::Arguments;

use super::condition;
use super::context::Context;
use crate::ast::{Branch, Data, EnumValue, Feature, Member, MemberType, Name, TypeName};
use crate::dialect::Dialect;
use crate::names::{self, Lower};
use crate::source::{Span, Spanned};
use crate::syntax::{Node, Object, Value};

/// The type of `TYPE` or of `{ 'type': TYPE, … }`, and the object with further keys.
fn type_value<'a>(value: Value<'a>) -> (Option<Value<'a>>, Option<Object<'a>>) {
    match value.as_object() {
        Some(object) => (object.get("type"), Some(object)),
        None => (Some(value), None),
    }
}

/// Reads inline members. `excepted` if a pragma allows names of any style.
pub(super) fn members<'a>(
    value: Value<'a>,
    source: Arguments<'_>,
    excepted: bool,
    context: &mut Context<'_>,
) -> Option<Vec<Member<'a>>> {
    let Some(object) = value.as_object() else {
        let message = format!("{source} should be an object or type name");
        let fault = context.fault(value.span(), message);
        let hint = "write members as { 'NAME': TYPE, … }";
        context.findings.push(fault.hint(hint));
        return None;
    };
    let member = |(key, value)| member(key, value, source, excepted, context);
    let mut members: Vec<_> = object.iter().filter_map(member).collect();
    // Allocated at full size, since all members are kept.
    members.shrink_to_fit();
    Some(members)
}

fn member<'a>(
    key: Name<'a>,
    value: Value<'a>,
    source: Arguments<'_>,
    excepted: bool,
    context: &mut Context<'_>,
) -> Option<Member<'a>> {
    let source = format_args!("{source} member '{}'", key.value);
    let optional = key.value.starts_with('*');
    let name = match key.value.strip_prefix('*') {
        // A quote and an asterisk precede the name.
        Some(name) => Spanned::new(name, shrink(key.span, 2, 1)),
        None => Spanned::new(key.value, shrink(key.span, 1, 1)),
    };
    let result = names::check_lower(name.value, Lower::excepted(excepted));
    context.name(name, result, source, "must not use uppercase or '_'");
    if result.is_ok() && names::is_reserved_member(name.value) {
        let fault = context.fault(name.span, format!("{source} uses reserved name"));
        let hint = "'u' and names that start with 'has-' are reserved for generated C code";
        context.findings.tolerate(fault.hint(hint));
    }
    if let Some(object) = value.as_object().filter(|&object| is_old_struct(object)) {
        return Some(Member {
            ty: MemberType::InPlace(old_struct(object, value, source, excepted, context)),
            name,
            optional,
            condition: None,
            features: Vec::new(),
        });
    }
    let (ty, object) = type_value(value);
    let mut features = Vec::new();
    let mut condition = None;
    if let Some(object) = object {
        context.keys(object, value.span(), source, &["type"], &["if", "features"]);
        condition = condition::read(object, source, context);
        features = self::features(object, context);
    }
    Some(Member {
        name,
        optional,
        ty: MemberType::Named(type_name_or_array(ty?, source, context)?),
        condition,
        features,
    })
}

/// Whether an object in place of a type is an anonymous struct: it has keys, but none of those of a member.
fn is_old_struct(object: Object<'_>) -> bool {
    !object.is_empty()
        && ["type", "if", "features"]
            .iter()
            .all(|key| object.get(key).is_none())
}

/// Reads an anonymous struct, which a member may have up to QEMU 2.3.
fn old_struct<'a>(
    object: Object<'a>,
    value: Value<'a>,
    source: Arguments<'_>,
    excepted: bool,
    context: &mut Context<'_>,
) -> Vec<Member<'a>> {
    let fault = context.fault(value.span(), format!("{source} misses key 'type'"));
    let hint = Dialect::STRUCT_WITHOUT_NAME.hint();
    context.findings.tolerate(fault.hint(hint));
    let member = |(key, value)| member(key, value, source, excepted, context);
    object.iter().filter_map(member).collect()
}

/// A span without some bytes at its start and end.
fn shrink(span: Span, front: u32, back: u32) -> Span {
    Span {
        start: span.start + front,
        end: span.end - back,
        ..span
    }
}

/// Reads the name of a type.
pub(super) fn type_name<'a>(
    value: Value<'a>,
    source: Arguments<'_>,
    context: &mut Context<'_>,
) -> Option<Name<'a>> {
    let name = value.as_name();
    if name.is_none() {
        context.error(value.span(), format!("{source} should be a type name"));
    }
    name
}

/// Reads the name of a type, or a list with one name for an array.
pub(super) fn type_name_or_array<'a>(
    value: Value<'a>,
    source: Arguments<'_>,
    context: &mut Context<'_>,
) -> Option<TypeName<'a>> {
    match value.node() {
        Node::String(_) => Some(TypeName {
            name: value.as_name()?,
            is_array: false,
        }),
        Node::Array(elements) => {
            let mut elements = elements.iter();
            let name = match (elements.next(), elements.next()) {
                (Some(only), None) => only.as_name(),
                _ => None,
            };
            if name.is_none() {
                let message = format!("{source}: array type must contain single type name");
                context.error(value.span(), message);
            }
            Some(TypeName {
                name: name?,
                is_array: true,
            })
        }
        _ => {
            let message = format!("{source} should be a type name or array");
            context.error(value.span(), message);
            None
        }
    }
}

/// Reads inline members, or the name of a type.
pub(super) fn data<'a>(
    value: Value<'a>,
    source: Arguments<'_>,
    excepted: bool,
    context: &mut Context<'_>,
) -> Option<Data<'a>> {
    match value.as_name() {
        Some(name) => Some(Data::Type(name)),
        None => members(value, source, excepted, context).map(Data::Members),
    }
}

/// Rules for a list of branches.
#[derive(Clone, Copy)]
pub(super) struct BranchRules {
    /// Whether names follow the rule for members. Otherwise they are values of an enum, which are checked there.
    pub(super) check_names: bool,
    pub(super) allow_array: bool,
}

/// Reads the branches of a union, or the alternatives of an alternate.
pub(super) fn branches<'a>(
    value: Value<'a>,
    rules: BranchRules,
    context: &mut Context<'_>,
) -> Option<Vec<Branch<'a>>> {
    let Some(object) = value.as_object() else {
        context.error(value.span(), "'data' must be an object");
        return None;
    };
    let branch = |(name, value)| branch(name, value, rules, context);
    Some(object.iter().filter_map(branch).collect())
}

fn branch<'a>(
    key: Name<'a>,
    value: Value<'a>,
    rules: BranchRules,
    context: &mut Context<'_>,
) -> Option<Branch<'a>> {
    let source = format_args!("'data' member '{}'", key.value);
    let name = Spanned::new(key.value, shrink(key.span, 1, 1));
    if rules.check_names {
        let result = names::check_lower(name.value, Lower::PLAIN);
        context.name(name, result, source, "must not use uppercase or '_'");
    }
    let (ty, object) = type_value(value);
    let mut condition = None;
    if let Some(object) = object {
        context.keys(object, value.span(), source, &["type"], &["if"]);
        condition = condition::read(object, source, context);
    }
    let ty = match rules.allow_array {
        true => type_name_or_array(ty?, source, context)?,
        false => TypeName {
            name: type_name(ty?, source, context)?,
            is_array: false,
        },
    };
    Some(Branch {
        name,
        ty,
        condition,
    })
}

/// Reads the values of an enum.
pub(super) fn values<'a>(
    value: Value<'a>,
    excepted: bool,
    context: &mut Context<'_>,
) -> Option<Vec<EnumValue<'a>>> {
    let Some(list) = value.as_array() else {
        context.error(value.span(), "'data' must be an array");
        return None;
    };
    let value = |value| enum_value(value, excepted, context);
    Some(list.iter().filter_map(value).collect())
}

fn enum_value<'a>(
    value: Value<'a>,
    excepted: bool,
    context: &mut Context<'_>,
) -> Option<EnumValue<'a>> {
    let source = format_args!("'data' member");
    let name = named(value, source, &["if", "features"], context)?;
    let source = format_args!("{source} '{}'", name.value);
    let result = names::check_value(name.value, Lower::excepted(excepted));
    context.name(name, result, source, "must not use uppercase or '_'");
    let object = value.as_object();
    let condition = object.and_then(|object| condition::read(object, source, context));
    let features = object.map_or(Vec::new(), |object| features(object, context));
    Some(EnumValue {
        name,
        condition,
        features,
    })
}

/// Reads the name from `'NAME'` or `{ 'name': 'NAME', … }`.
fn named<'a>(
    value: Value<'a>,
    source: Arguments<'_>,
    optional: &[&'static str],
    context: &mut Context<'_>,
) -> Option<Name<'a>> {
    let name = match value.as_object() {
        Some(object) => {
            context.keys(object, value.span(), source, &["name"], optional);
            object.get("name")?
        }
        None => value,
    };
    let Some(text) = name.as_str() else {
        context.error(name.span(), format!("{source} requires a string name"));
        return None;
    };
    Some(Spanned::new(text, shrink(name.span(), 1, 1)))
}

/// Reads the `features` of a definition, a member or a value.
pub(super) fn features<'a>(object: Object<'a>, context: &mut Context<'_>) -> Vec<Feature<'a>> {
    let Some(value) = object.get("features") else {
        return Vec::new();
    };
    let Some(list) = value.as_array() else {
        context.error(value.span(), "'features' must be an array");
        return Vec::new();
    };
    let feature = |value| feature(value, context);
    list.iter().filter_map(feature).collect()
}

fn feature<'a>(value: Value<'a>, context: &mut Context<'_>) -> Option<Feature<'a>> {
    let source = format_args!("'features' member");
    let name = named(value, source, &["if"], context)?;
    let source = format_args!("{source} '{}'", name.value);
    let result = names::check_lower(name.value, Lower::PLAIN);
    context.name(name, result, source, "must not use uppercase or '_'");
    let condition = value
        .as_object()
        .and_then(|object| condition::read(object, source, context));
    Some(Feature { name, condition })
}

#[cfg(test)]
mod tests {
    use crate::testing::schema;

    #[test]
    fn a_member_is_read_from_either_form() {
        let schema = schema(
            "{ 'struct': 'Ab', 'data': { 'a': 'int', '*b': [ 'str' ], 'c': { 'type': [ 'int' ] },\n\
             '*d': { 'type': 'str', 'if': 'X', 'features': [ 'f', { 'name': 'g', 'if': 'Y' } ] } } }",
        );
        let members = schema.members(schema.find("Ab").unwrap());
        let shown: Vec<_> = members
            .iter()
            .map(|(_, member)| {
                let features: Vec<_> = member.features.iter().map(|f| &*f.name.value).collect();
                let ty = &schema.get(member.ty).name;
                // The place is that of the name alone.
                assert_eq!(schema.sources().text(member.name.span), member.name.value);
                format!(
                    "{} {} {ty} {}",
                    member.name.value,
                    member.optional,
                    features.join(" ")
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "a false int ",
                "b true strList ",
                "c false intList ",
                "d true str f g"
            ]
        );
        assert!(members[3].1.condition.is_some());
        assert!(members[3].1.features[1].condition.is_some());
    }
}
