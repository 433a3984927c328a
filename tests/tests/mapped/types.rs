//! Types of a program that replace built-in types.

#![allow(missing_docs, unreachable_pub)]

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A newtype with the wire format of another type.
macro_rules! newtypes {
    ($($name:ident($inner:ty);)*) => {$(
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name(pub $inner);

        impl From<$inner> for $name {
            fn from(it: $inner) -> Self {
                Self(it)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$inner>::deserialize(deserializer).map(Self)
            }
        }
    )*};
}

newtypes! {
    Any(Value);
    Bool(bool);
    Bytes(u64);
    Float(f64);
    Int(i64);
}
