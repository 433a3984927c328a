// Enums are strings on the wire.

use ::serde::Deserializer;
use ::serde::de::Visitor;
use ::std::convert::Infallible;
use ::std::fmt;
use ::std::marker::PhantomData;
use ::std::str::FromStr;

/// Gives a type that is a string its serde impls and conversions.
macro_rules! enumeration {
    ($type:path as $name:literal) => {
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
                support::read_enum(deserializer, $name)
            }
        }

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            // `Self::Err` may be a value.
            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(support::from_text(
                    text,
                    Self::VALUES,
                    Self::as_str,
                    Self::Unknown,
                ))
            }
        }
    };
}
pub(crate) use enumeration;

/// The one of `values` whose string is `text`, or else what `unknown` makes of it.
pub fn from_text<T: Clone>(
    text: &str,
    values: &[T],
    as_str: impl Fn(&T) -> &str,
    unknown: impl FnOnce(String) -> T,
) -> T {
    match values.iter().find(|value| as_str(value) == text) {
        Some(value) => value.clone(),
        None => unknown(text.to_owned()),
    }
}

/// Reads an enum; errors call it `name`.
pub fn read_enum<'de, T: FromStr<Err = Infallible>, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(EnumVisitor(name, PhantomData))
}

struct EnumVisitor<T>(&'static str, PhantomData<T>);

impl<T: FromStr<Err = Infallible>> Visitor<'_> for EnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a string ({})", self.0)
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        match text.parse() {
            Ok(value) => Ok(value),
            Err(never) => match never {},
        }
    }
}
