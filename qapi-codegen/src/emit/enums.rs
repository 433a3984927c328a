//! Enums.

use super::attributes::{allow_deprecated, allow_names, deprecated, extras};
use super::code::Impl;
use super::paths::Scope;
use super::text::each;
use crate::model::Enum;

pub(super) fn item(it: &Enum, scope: Scope<'_>) -> String {
    let (ident, item_docs) = (&it.ident, scope.docs(&it.docs));
    let values = each(&it.values, |value| {
        let (docs, deprecated) = (scope.docs(&value.docs), deprecated(&value.deprecated));
        let ident = &value.ident;
        format!("{docs} {deprecated} {ident}, ")
    });
    let allow = allow_deprecated(it.values.iter().map(|value| &value.deprecated));
    let allow_names = allow_names(ident, it.values.iter().map(|value| &value.ident));
    let extras = extras(&it.extras);
    format!(
        "{item_docs} {allow} {allow_names} {extras}
        #[non_exhaustive]
        pub enum {ident} {{
            {values}
            /// A value not defined in the schema.
            Unknown(String),
        }}"
    )
}

pub(super) fn impls(it: &Enum) -> [Impl; 2] {
    let (ident, name) = (&it.ident, &it.name);
    let values = it
        .values
        .iter()
        .map(|value| format!("Self::{}", value.ident));
    let values: Vec<_> = values.collect();
    let arms = each(values.iter().zip(&it.values), |(path, value)| {
        format!("{path} => {:?}, ", value.wire)
    });
    let own = format!(
        "impl {ident} {{
            /// The values defined in the schema, in schema order.
            pub const VALUES: &'static [Self] = &[{}];

            /// The value as sent on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {{
                match self {{
                    {arms}
                    Self::Unknown(value) => value,
                }}
            }}
        }}",
        values.join(", ")
    );
    let ordered = if it.is_ordered { " ordered" } else { "" };
    let table = format!("support::enumeration! {{ {ident} as {name:?}{ordered} }}");
    [Impl::Items(own), Impl::Table(table)]
}

/// The error of parsing any enum.
pub(super) fn parse_error() -> String {
    "
        /// The error returned when a string is not a value of the enum.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub struct ParseEnumError {
            /// The string.
            pub value: String,
            /// The schema's name of the enum.
            pub enumeration: &'static str,
            /// The value of the enum that is most similar to the string.
            pub nearest: Option<&'static str>,
        }
    "
    .to_owned()
}

pub(super) fn parse_error_impls() -> Impl {
    Impl::Items(
        r#"
        impl ::std::fmt::Display for ParseEnumError {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let Self { value, enumeration, nearest } = self;
                write!(f, "{value:?} is not a value of {enumeration}")?;
                match nearest {
                    Some(nearest) => write!(f, "; did you mean {nearest:?}?"),
                    None => Ok(()),
                }
            }
        }

        impl ::std::error::Error for ParseEnumError {}
        "#
        .to_owned(),
    )
}
