// Members that precede the discriminator of a union are kept as tokens until the branch is known.

use ::serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use ::serde::{Deserialize, forward_to_deserialize_any};
use ::serde_json::Value;
use ::std::borrow::Cow;
use ::std::fmt;
use ::std::marker::PhantomData;

/// A piece of a value. A flat list of tokens costs far less than a tree.
pub enum Token<'de> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Borrowed(&'de str),
    Owned(String),
    /// A list: the number of its elements, and of the tokens that follow for them.
    List {
        length: usize,
        tokens: usize,
    },
    /// An object: the number of tokens that follow for its names and values.
    Map {
        tokens: usize,
    },
}

impl Token<'_> {
    /// The text of a string.
    pub fn text(&self) -> &str {
        match self {
            Token::Borrowed(text) => text,
            Token::Owned(text) => text,
            _ => "",
        }
    }
}

impl<'de> From<Cow<'de, str>> for Token<'de> {
    fn from(text: Cow<'de, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Token::Borrowed(text),
            Cow::Owned(text) => Token::Owned(text),
        }
    }
}

/// The initial capacity for tokens, which is enough for most values. More would take glibc much longer to allocate.
pub const ROOM: usize = 42;

/// Appends the tokens of a value.
pub struct Record<'a, 'de>(pub &'a mut Vec<Token<'de>>);

impl<'de> Record<'_, 'de> {
    fn push<E>(self, token: Token<'de>) -> Result<(), E> {
        self.0.push(token);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Record<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Record<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.push(Token::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.push(Token::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.push(Token::Unsigned(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.push(Token::Signed(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.push(Token::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.push(Token::Owned(text.to_owned()))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.push(Token::Borrowed(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self(tokens) = self;
        let start = tokens.len();
        Record(tokens).push(Token::Null)?;
        let mut length = 0;
        while list.next_element_seed(Record(tokens))?.is_some() {
            length += 1;
        }
        tokens[start] = Token::List {
            length,
            tokens: tokens.len() - start - 1,
        };
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(tokens) = self;
        let start = tokens.len();
        Record(tokens).push(Token::Null)?;
        while map.next_key_seed(Record(tokens))?.is_some() {
            map.next_value_seed(Record(tokens))?;
        }
        tokens[start] = Token::Map {
            tokens: tokens.len() - start - 1,
        };
        Ok(())
    }
}

/// Deserializes values that were kept, one after another.
pub struct Kept<'de, E> {
    tokens: ::std::vec::IntoIter<Token<'de>>,
    error: PhantomData<E>,
}

impl<'de, E: Error> Kept<'de, E> {
    pub fn new(tokens: Vec<Token<'de>>) -> Self {
        Self {
            tokens: tokens.into_iter(),
            error: PhantomData,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.len() == 0
    }

    /// Skips tokens until this many are left.
    fn skip_to(&mut self, left: usize) {
        while self.tokens.len() > left && self.tokens.next().is_some() {}
    }
}

impl<'de, E: Error> Deserializer<'de> for &mut Kept<'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.tokens.next() {
            None | Some(Token::Null) => visitor.visit_unit(),
            Some(Token::Bool(value)) => visitor.visit_bool(value),
            Some(Token::Unsigned(value)) => visitor.visit_u64(value),
            Some(Token::Signed(value)) => visitor.visit_i64(value),
            Some(Token::Float(value)) => visitor.visit_f64(value),
            Some(Token::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Some(Token::Owned(text)) => visitor.visit_string(text),
            Some(Token::List { length, tokens }) => {
                let left = self.tokens.len() - tokens;
                let value = visitor.visit_seq(Inside {
                    kept: self,
                    left,
                    length,
                })?;
                self.skip_to(left);
                Ok(value)
            }
            Some(Token::Map { tokens }) => {
                let left = self.tokens.len() - tokens;
                let value = visitor.visit_map(Inside {
                    kept: self,
                    left,
                    length: 0,
                })?;
                self.skip_to(left);
                Ok(value)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.tokens.as_slice().first() {
            Some(Token::Null) => {
                self.tokens.next();
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    /// Only the caller's own types deserialize enums.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        let value = Value::deserialize(self)?;
        let read = value.deserialize_enum(name, variants, visitor);
        read.map_err(E::custom)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        if let Some(Token::List { tokens, .. } | Token::Map { tokens }) = self.tokens.next() {
            self.skip_to(self.tokens.len() - tokens);
        }
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier
    }
}

/// A list or a map that was kept.
struct Inside<'a, 'de, E> {
    kept: &'a mut Kept<'de, E>,
    /// The number of tokens that follow it.
    left: usize,
    /// The number of elements that are left in a list.
    length: usize,
}

impl<'de, E: Error> Inside<'_, 'de, E> {
    fn next<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, E> {
        match self.kept.tokens.len() > self.left {
            true => seed.deserialize(&mut *self.kept).map(Some),
            false => Ok(None),
        }
    }
}

impl<'de, E: Error> SeqAccess<'de> for Inside<'_, 'de, E> {
    type Error = E;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, E> {
        self.length = self.length.saturating_sub(1);
        self.next(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.length)
    }
}

impl<'de, E: Error> MapAccess<'de> for Inside<'_, 'de, E> {
    type Error = E;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, E> {
        self.next(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, E> {
        seed.deserialize(&mut *self.kept)
    }
}
