// Enums are strings on the wire.

use ::serde::Deserializer;
use ::serde::de::Visitor;
use ::std::fmt;

/// Implements serde's traits, conversions and comparison for a type that is a string.
///
/// `Unknown` with the string of a value is equal to the value, so a program that tests for an unknown value still works
/// after its schema has gained the value.
macro_rules! enumeration {
    ($type:path as $name:literal) => {
        impl Eq for $type {}

        impl PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::std::hash::Hash for $type {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(self.as_str(), state)
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
                support::read_enum(
                    deserializer,
                    $name,
                    Self::VALUES,
                    Self::as_str,
                    Self::Unknown,
                )
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
                match support::find_value(text, Self::VALUES, Self::as_str) {
                    Some(value) => Ok(value),
                    None => Err(ParseEnumError {
                        value: text.to_owned(),
                        enumeration: $name,
                        nearest: support::nearest_value(text, Self::VALUES, Self::as_str),
                    }),
                }
            }
        }
    };
    ($type:path as $name:literal ordered) => {
        support::enumeration! { $type as $name }

        impl PartialOrd for $type {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::std::option::Option<::std::cmp::Ordering> {
                ::std::option::Option::Some(self.cmp(other))
            }
        }

        /// In schema order; values that the schema does not define are last.
        impl Ord for $type {
            #[inline]
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                let (one, other) = (self.as_str(), other.as_str());
                let rank = |text| support::rank(text, Self::VALUES, Self::as_str);
                rank(one).cmp(&rank(other)).then_with(|| one.cmp(other))
            }
        }
    };
}
pub(crate) use enumeration;

// Functions that take an enum's values and functions compile faster than a trait that each enum implements.

/// The value whose string is `text`.
pub fn find_value<T: Clone>(
    text: &str,
    values: &'static [T],
    as_str: impl Fn(&'static T) -> &'static str,
) -> Option<T> {
    values.iter().find(|value| as_str(value) == text).cloned()
}

/// The position of a string among the values of its enum; behind them if it is not one.
pub fn rank<T>(
    text: &str,
    values: &'static [T],
    as_str: impl Fn(&'static T) -> &'static str,
) -> usize {
    let position = values.iter().position(|value| as_str(value) == text);
    position.unwrap_or(values.len())
}

/// The string with the smallest edit distance to `text`, ignoring case.
pub fn nearest_value<T>(
    text: &str,
    values: &'static [T],
    as_str: impl Fn(&'static T) -> &'static str,
) -> Option<&'static str> {
    let strings = values.iter().map(as_str);
    strings.min_by_key(|value| distance(value, text))
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

/// Reads an enum, which errors refer to as `name`. A string that is not one of its values is `unknown`.
pub fn read_enum<'de, T: Clone, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
    values: &'static [T],
    as_str: impl Fn(&'static T) -> &'static str,
    unknown: impl Fn(String) -> T,
) -> Result<T, D::Error> {
    let visitor = EnumVisitor {
        name,
        values,
        as_str,
        unknown,
    };
    deserializer.deserialize_str(visitor)
}

struct EnumVisitor<T: 'static, F, U> {
    name: &'static str,
    values: &'static [T],
    as_str: F,
    unknown: U,
}

impl<T: Clone, F, U> Visitor<'_> for EnumVisitor<T, F, U>
where
    F: Fn(&'static T) -> &'static str,
    U: Fn(String) -> T,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a string ({})", self.name)
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        let value = find_value(text, self.values, self.as_str);
        Ok(value.unwrap_or_else(|| (self.unknown)(text.to_owned())))
    }
}
