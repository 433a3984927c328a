//! Alternates.

use super::attributes::{allow_names, extras};
use super::code::Impl;
use super::conversions;
use super::paths::Scope;
use super::text::each;
use crate::model::{Alternate, Alternative, Json, Source, Type};

pub(super) fn item(it: &Alternate, scope: Scope<'_>) -> String {
    let (ident, item_docs) = (&it.ident, scope.docs(&it.docs));
    let extras = extras(&it.extras);
    let allow_names = allow_names(ident, it.alternatives.iter().map(|it| &it.ident));
    let alternatives = each(&it.alternatives, |alternative| {
        let (ident, docs) = (&alternative.ident, scope.docs(&alternative.docs));
        let ty = scope.ty(&alternative.ty);
        match alternative.json {
            Json::Null => format!("{docs} {ident},\n"),
            _ => format!("{docs} {ident}({ty}),\n"),
        }
    });
    format!(
        "{item_docs} {allow_names} {extras}
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum {ident} {{
            {alternatives}
            /// A value of a JSON type not defined in the schema.
            Unknown(::serde_json::Value),
        }}"
    )
}

pub(super) fn impls(it: &Alternate, scope: Scope<'_>) -> [Impl; 2] {
    let (ident, name) = (&it.ident, &it.name);
    let methods = each(&it.alternatives, method);
    let writes = each(&it.alternatives, |alternative| {
        let ident = &alternative.ident;
        match alternative.json {
            Json::Null => format!("Self::{ident} => serializer.serialize_unit(),\n"),
            _ => format!("Self::{ident}(it) => ::serde::Serialize::serialize(it, serializer),\n"),
        }
    });
    let conversions = each(&it.alternatives, |alternative| {
        conversion(it, alternative, scope).unwrap_or_default()
    });
    let own = format!(
        "        {conversions}
        impl support::Alternate for {ident} {{
            const NAME: &'static str = {name:?};

            #[inline]
            fn unknown(value: ::serde_json::Value) -> Self {{
                Self::Unknown(value)
            }}

            {methods}

            fn write<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
                match self {{
                    {writes}
                    Self::Unknown(it) => ::serde::Serialize::serialize(it, serializer),
                }}
            }}
        }}
        "
    );
    let table = format!("support::alternate! {{ {ident} }}");
    [Impl::Items(own), Impl::Table(table)]
}

/// The alternate from one of its alternatives.
fn conversion(it: &Alternate, alternative: &Alternative, scope: Scope<'_>) -> Option<String> {
    let (path, ident) = (it.ident.as_str(), &alternative.ident);
    let source = alternative.conversion?;
    if source == Source::Text {
        return Some(format!("support::from_text! {{ {path} {ident} }}\n"));
    }
    let make = match &alternative.ty {
        Type::Boxed(_) => format!("Self::{ident}(Box::new(it))"),
        _ => format!("Self::{ident}(it)"),
    };
    let (ty, taken) = (&alternative.ty, alternative.argument);
    Some(conversions::conversion(
        path, ty, taken, source, &make, scope,
    ))
}

/// The handling of a value of the JSON type of the alternative.
fn method(alternative: &Alternative) -> String {
    let ident = &alternative.ident;
    let error = "E: ::serde::de::Error";
    let read_number = match alternative.ty.is_u64() {
        true => "support::read_u64",
        false => "::serde::Deserialize::deserialize",
    };
    let read_list = match alternative.ty.element().is_some_and(Type::is_u64) {
        true => "support::read_u64_list",
        false => "support::read_list",
    };
    match alternative.json {
        Json::Null => format!(
            "fn null<{error}>() -> Result<Self, E> {{
                Ok(Self::{ident})
            }}
"
        ),
        Json::Boolean => {
            let value = match alternative.is_foreign {
                true => format!("support::read_bool(value).map(Self::{ident})"),
                false => format!("Ok(Self::{ident}(value))"),
            };
            format!(
                "fn boolean<{error}>(value: bool) -> Result<Self, E> {{
                    {value}
                }}
"
            )
        }
        Json::Number => format!(
            "fn number<'de, D: ::serde::Deserializer<'de>>(number: D) -> Result<Self, D::Error> {{
                {read_number}(number).map(Self::{ident})
            }}
"
        ),
        // QEMU treats an integer that is too large as a number with a fraction.
        Json::Integer => format!(
"fn integer<'de, D: ::serde::Deserializer<'de> + Copy>(number: D) -> Result<Self, D::Error> {{
                match {read_number}(number) {{
                    Ok(it) => Ok(Self::{ident}(it)),
                    Err(_) => Self::number(number),
                }}
            }}
"
),
        Json::String if !alternative.is_foreign => format!(
            "fn string<{error}>(text: &str) -> Result<Self, E> {{
                Ok(Self::{ident}(text.to_owned()))
            }}
"
        ),
        Json::String | Json::Enum => format!(
            "fn string<{error}>(text: &str) -> Result<Self, E> {{
                support::read_text(text).map(Self::{ident})
            }}
"
        ),
        Json::List => format!(
            "fn list<'de, D: ::serde::Deserializer<'de>>(list: D) -> Result<Self, D::Error> {{
                {read_list}(list).map(Self::{ident})
            }}
"
        ),
        Json::Object => format!(
"fn object<'de, A: ::serde::de::MapAccess<'de>>(members: A) -> Result<Self, A::Error> {{
                support::from_members(members).map(Self::{ident})
            }}
"
),
    }
}
