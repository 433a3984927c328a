//! Structs and all other objects.

use super::arguments::{allow_many, argument};
use super::attributes::{allow_deprecated, deprecated, extras};
use super::code::Impl;
use super::conversions;
use super::kinds::kind;
use super::paths::{MAP, Scope, in_module};
use super::text::each;
use super::unions;
use crate::model::{Argument, Field, Struct, Type};
use crate::names::Ident;

pub(super) fn item(it: &Struct, scope: Scope<'_>) -> String {
    let (ident, item_docs, deprecated) =
        (&it.ident, scope.docs(&it.docs), deprecated(&it.deprecated));
    let extras = extras(&it.extras);
    let fields = each(&it.fields, |field| self::field(field, scope));
    let allow = allow_deprecated(it.fields.iter().map(|field| &field.deprecated));
    let branch = it.branches.as_ref().map(|branches| {
        let (field, ty) = (&branches.field, scope.item(&branches.ident));
        let (wire, method) = (&branches.wire, branches.method.plain());
        format!("/// Members specific to this [`{wire}`](Self::{method}).\npub {field}: {ty},\n")
    });
    let rest = it.rest.as_ref().map(|rest| {
        format!("/// Additional arguments, not described by the schema.\npub {rest}: {MAP},\n")
    });
    let (branch, rest) = (branch.unwrap_or_default(), rest.unwrap_or_default());
    format!(
        "{item_docs} {deprecated} {allow} {extras}
        #[non_exhaustive]
        pub struct {ident} {{
            {fields}{branch}{rest}
        }}
        "
    )
}

fn field(field: &Field, scope: Scope<'_>) -> String {
    let (docs, deprecated) = (scope.docs(&field.docs), deprecated(&field.deprecated));
    let (ident, ty) = (&field.ident, scope.ty(&field.ty));
    match field.optional {
        true => format!("{docs} {deprecated} pub {ident}: Option<{ty}>,\n"),
        false => format!("{docs} {deprecated} pub {ident}: {ty},\n"),
    }
}

/// The impls of a struct in a module of the file, or at its top.
pub(super) fn impls(it: &Struct, module: Option<&str>, scope: Scope<'_>) -> [Impl; 2] {
    let path = in_module(module, &it.ident);
    let constructor = constructor(it, &path, scope);
    let serde = match it.is_transparent {
        true => transparent(it, &path),
        false => table(it, &path),
    };
    [Impl::Items(constructor), serde]
}

/// The serde impls of a struct that is encoded as its only field.
fn transparent(it: &Struct, path: &str) -> Impl {
    let fields = it.fields.iter().map(|field| &field.ident);
    let field = each(fields, Ident::to_string);
    Impl::Items(format!(
        "impl ::serde::Serialize for {path} {{
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
                ::serde::Serialize::serialize(&self.{field}, serializer)
            }}
        }}

        impl<'de> ::serde::Deserialize<'de> for {path} {{
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{
                ::serde::Deserialize::deserialize(deserializer).map(|{field}| Self {{ {field} }})
            }}
        }}
        "
    ))
}

/// The members of a struct, for the runtime.
fn table(it: &Struct, path: &str) -> Impl {
    let name = &it.name;
    let members = grouped(it.fields.iter().map(member).collect()).concat();
    let more = match (&it.branches, &it.rest) {
        (Some(it), _) => {
            let (wire, field) = (&it.wire, &it.field);
            format!("by {wire:?} {field}")
        }
        (None, Some(rest)) => format!("and {rest}"),
        (None, None) => String::new(),
    };
    Impl::Table(format!(
        "support::object! {{ {path} as {name:?} {{ {members} }} {more} }}"
    ))
}

fn member(field: &Field) -> String {
    let (ident, wire) = (&field.ident, &field.wire);
    let kind = kind(field.optional, &field.ty);
    format!("{kind} {ident} = {wire:?}, ")
}

/// The number of members in a group of the runtime.
const MAX_GROUP: usize = 12;

/// Groups members, and groups of groups, until there are few.
fn grouped(mut members: Vec<String>) -> Vec<String> {
    while members.len() > MAX_GROUP {
        let groups = members.chunks(MAX_GROUP);
        members = groups
            .map(|group| format!("{{ {} }}", group.concat()))
            .collect();
    }
    members
}

/// The constructor and the setters of a struct.
fn constructor(it: &Struct, path: &str, scope: Scope<'_>) -> String {
    let (mut arguments, mut fields) = (Vec::new(), Vec::new());
    for field in &it.fields {
        let ident = &field.ident;
        fields.push(match field.in_new {
            true => {
                let (ty, value) = argument(field, scope);
                arguments.push(format!("{ident}: {ty}"));
                match (field.optional, value == ident.as_str()) {
                    (true, _) => format!("{ident}: Some({value})"),
                    (false, false) => format!("{ident}: {value}"),
                    (false, true) => value,
                }
            }
            false => format!("{ident}: None"),
        });
    }
    if let Some(branches) = &it.branches {
        let (field, ty) = (&branches.field, &branches.ident);
        arguments.push(format!("{field}: impl Into<{ty}>"));
        fields.push(format!("{field}: {field}.into()"));
    }
    fields.extend(
        it.rest
            .as_ref()
            .map(|rest| format!("{rest}: ::serde_json::Map::new()")),
    );
    let allow = allow_many(arguments.len());
    let body = match it.is_made_from_nothing() {
        true => "Self::default()".to_owned(),
        false => format!("Self {{ {} }}", fields.join(", ")),
    };
    let doc = match arguments.is_empty() {
        true => "Creates an empty value.",
        false => "Creates a value with the required members.",
    };
    let optional = it
        .fields
        .iter()
        .filter(|field| !field.in_new && it.has_setters);
    let setters = each(optional, |field| setter(field, scope));
    let method = it
        .branches
        .as_ref()
        .map(|branches| unions::method(branches, scope))
        .unwrap_or_default();
    let branches = it.branches.iter().filter(|_| it.has_setters);
    let of_branches = each(branches, |branches| {
        unions::constructors(it, branches, scope)
    });
    let with_rest = it.rest.as_ref().map(|rest| {
        format!(
            "/// Adds an argument that the schema does not describe.
            #[inline]
            pub fn with_rest(mut self, key: impl Into<String>, value: impl Into<::serde_json::Value>) -> Self {{
                self.{rest}.insert(key.into(), value.into());
                self
            }}
            "
        )
    });
    let with_rest = with_rest.unwrap_or_default();
    let arguments = arguments.join(", ");
    let from_part = from_part(it, path, scope).unwrap_or_default();
    format!(
        "impl {path} {{
            /// {doc}
            {allow}
            #[inline]
            pub fn new({arguments}) -> Self {{
                {body}
            }}
            {setters}{with_rest}{of_branches}{method}
        }}
        {from_part}"
    )
}

fn setter(field: &Field, scope: Scope<'_>) -> String {
    let ident = &field.ident;
    let (method, docs) = (ident.setter(), scope.docs(&field.setter_docs));
    let deprecated = deprecated(&field.deprecated);
    let (ty, value) = argument(field, scope);
    format!(
        "{docs} {deprecated}
        #[inline]
        pub fn {method}(mut self, {ident}: {ty}) -> Self {{
            self.{ident} = Some({value});
            self
        }}
        "
    )
}

/// The conversion of a struct from the only part that it requires.
fn from_part(it: &Struct, path: &str, scope: Scope<'_>) -> Option<String> {
    let (source, make) = (it.conversion?, "Self::new(it)");
    if let Some(branches) = &it.branches {
        let ty = Type::Item(branches.ident.clone());
        let from = conversions::conversion(path, &ty, Argument::Into, source, make, scope);
        return Some(from);
    }
    let field = it.fields.first()?;
    let (ty, taken) = (&field.ty, field.argument);
    Some(conversions::conversion(
        path, ty, taken, source, make, scope,
    ))
}
