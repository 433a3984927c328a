// The JSON type selects the alternative of an alternate.

use ::serde::de::{IntoDeserializer, MapAccess, SeqAccess, Visitor};
use ::serde::{Deserialize, Deserializer, Serializer};
use ::serde_json::Value;
use ::std::fmt;
use ::std::marker::PhantomData;

use super::objects::read_all;

/// A type that is one of several types with different JSON types.
///
/// Values of other JSON types go to `unknown`.
pub trait Alternate: Sized {
    /// The name in errors.
    const NAME: &'static str;

    fn unknown(value: Value) -> Self;

    fn null<E: ::serde::de::Error>() -> Result<Self, E> {
        Ok(Self::unknown(Value::Null))
    }

    fn boolean<E: ::serde::de::Error>(value: bool) -> Result<Self, E> {
        Ok(Self::unknown(value.into()))
    }

    fn number<'de, D: Deserializer<'de>>(number: D) -> Result<Self, D::Error> {
        Value::deserialize(number).map(Self::unknown)
    }

    /// A number without fraction and exponent.
    fn integer<'de, D: Deserializer<'de> + Copy>(number: D) -> Result<Self, D::Error> {
        Self::number(number)
    }

    fn string<E: ::serde::de::Error>(text: &str) -> Result<Self, E> {
        Ok(Self::unknown(text.into()))
    }

    fn list<'de, D: Deserializer<'de>>(list: D) -> Result<Self, D::Error> {
        Value::deserialize(list).map(Self::unknown)
    }

    fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error> {
        read_all(members).map(|members| Self::unknown(members.into()))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Implements serde's traits for an alternate.
macro_rules! alternate {
    ($type:path) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                support::Alternate::write(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                support::read_alternate(deserializer)
            }
        }
    };
}
pub(crate) use alternate;

/// Makes an alternate convert from what `String` converts from.
macro_rules! from_text {
    ($type:ident $variant:ident) => {
        support::from_text! {
            $type $variant: &str, &String, String, Box<str>, ::std::borrow::Cow<'_, str>, char
        }
    };
    ($type:ident $variant:ident: $($from:ty),*) => {
        $(impl From<$from> for $type {
            #[inline]
            fn from(text: $from) -> Self {
                Self::$variant(text.into())
            }
        })*
    };
}
pub(crate) use from_text;

pub fn read_alternate<'de, T: Alternate, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(AlternateVisitor(PhantomData))
}

struct AlternateVisitor<T>(PhantomData<T>);

impl<'de, T: Alternate> Visitor<'de> for AlternateVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value ({})", T::NAME)
    }

    fn visit_unit<E: ::serde::de::Error>(self) -> Result<T, E> {
        T::null()
    }

    fn visit_bool<E: ::serde::de::Error>(self, value: bool) -> Result<T, E> {
        T::boolean(value)
    }

    fn visit_i64<E: ::serde::de::Error>(self, value: i64) -> Result<T, E> {
        T::integer(value.into_deserializer())
    }

    fn visit_u64<E: ::serde::de::Error>(self, value: u64) -> Result<T, E> {
        T::integer(value.into_deserializer())
    }

    fn visit_f64<E: ::serde::de::Error>(self, value: f64) -> Result<T, E> {
        T::number(value.into_deserializer())
    }

    fn visit_str<E: ::serde::de::Error>(self, text: &str) -> Result<T, E> {
        T::string(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::list(::serde::de::value::SeqAccessDeserializer::new(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::object(map)
    }
}

/// Reads an alternative that is a string.
pub fn read_text<'de, T: Deserialize<'de>, E: ::serde::de::Error>(text: &str) -> Result<T, E> {
    T::deserialize(text.into_deserializer())
}

/// Reads an alternative that is a boolean.
pub fn read_bool<'de, T: Deserialize<'de>, E: ::serde::de::Error>(value: bool) -> Result<T, E> {
    T::deserialize(value.into_deserializer())
}
