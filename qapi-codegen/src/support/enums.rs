// Enums are strings on the wire.

use ::serde::Deserializer;
use ::serde::de::Visitor;
use ::serde_json::Value;
use ::std::fmt;
use ::std::marker::PhantomData;

use super::*;

/// A type that is one of several strings on the wire.
pub trait Enumeration: Clone + 'static {
    /// What errors call it.
    const NAME: &'static str;

    /// The values that the schema has.
    const VALUES: &'static [Self];

    /// The string on the wire.
    fn text(&self) -> &str;

    /// A value that the schema does not have.
    fn unknown(text: String) -> Self;

    /// The value that is a string on the wire.
    fn from_text(text: &str) -> Self {
        let known = Self::VALUES.iter().find(|value| value.text() == text);
        known
            .cloned()
            .unwrap_or_else(|| Self::unknown(text.to_owned()))
    }
}

pub fn read_enum<'de, T: Enumeration, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(EnumVisitor(PhantomData))
}

struct EnumVisitor<T>(PhantomData<T>);

impl<T: Enumeration> Visitor<'_> for EnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a string ({})", T::NAME)
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::from_text(text))
    }
}

/// Gives types that are strings their serde impls and conversions.
macro_rules! enumerations {
    ($($type:path,)*) => {$(
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                support::read_enum(deserializer)
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            // `Self::Err` may be a value.
            fn from_str(
                text: &str,
            ) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(support::Enumeration::from_text(text))
            }
        }
    )*};
}
pub(crate) use enumerations;
