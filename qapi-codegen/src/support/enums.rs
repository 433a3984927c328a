// Enums are strings on the wire.

use ::serde::Deserializer;
use ::serde::de::Visitor;
use ::std::fmt;
use ::std::marker::PhantomData;

/// A type that is one of several strings, or any other string.
pub trait Enumeration: Clone + 'static {
    /// The name in errors.
    const NAME: &'static str;

    /// The values of the schema.
    const VALUES: &'static [Self];

    /// The string.
    fn text(&self) -> &str;

    /// A value not defined in the schema.
    fn unknown(text: String) -> Self;
}

/// Implements serde's traits and conversions for a type that is a string.
macro_rules! enumeration {
    ($type:path as $name:literal) => {
        impl support::Enumeration for $type {
            const NAME: &'static str = $name;
            const VALUES: &'static [Self] = Self::VALUES;

            #[inline]
            fn text(&self) -> &str {
                self.as_str()
            }

            #[inline]
            fn unknown(text: ::std::string::String) -> Self {
                Self::Unknown(text)
            }
        }

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
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ParseEnumError;

            // `Self::Err` may be a value.
            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, ParseEnumError> {
                match support::find_value(text) {
                    Some(value) => Ok(value),
                    None => Err(ParseEnumError {
                        value: text.to_owned(),
                        enumeration: $name,
                        nearest: support::nearest_value::<Self>(text),
                    }),
                }
            }
        }
    };
}
pub(crate) use enumeration;

/// The value whose string is `text`.
pub fn find_value<T: Enumeration>(text: &str) -> Option<T> {
    let value = T::VALUES.iter().find(|value| value.text() == text);
    value.cloned()
}

/// The value with the smallest edit distance to `text`, ignoring case.
pub fn nearest_value<T: Enumeration>(text: &str) -> Option<&'static str> {
    let values = T::VALUES.iter().map(Enumeration::text);
    values.min_by_key(|value| distance(value, text))
}

/// Only this many characters of a text are compared. No value is that long.
const COMPARED: usize = 256;

/// The number of characters to insert, delete or replace to turn one text into the other.
fn distance(one: &str, other: &str) -> usize {
    let fold = |c: char| match c {
        '_' => '-',
        c => c.to_ascii_lowercase(),
    };
    let other: Vec<char> = other.chars().take(COMPARED).map(fold).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for c in one.chars().map(fold) {
        let mut diagonal = row[0];
        row[0] += 1;
        for (index, &other) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(c != other);
            diagonal = row[index + 1];
            row[index + 1] = replaced.min(diagonal + 1).min(row[index] + 1);
        }
    }
    row[other.len()]
}

/// Reads an enum, which may have any value.
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
        Ok(find_value(text).unwrap_or_else(|| T::unknown(text.to_owned())))
    }
}
