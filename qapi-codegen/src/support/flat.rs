// The members of a branch are written into the object of the union.

use ::serde::ser::{Error, Impossible, SerializeMap, SerializeStruct};
use ::serde::{Serialize, Serializer};

/// Writes the members of an object into another object. Other values are an error.
pub struct Flat<'a, W>(pub &'a mut W);

/// Methods of a serializer that return an error.
macro_rules! refuse {
    ($($method:ident($($argument:ty),*) -> $ok:ty;)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<$ok, Self::Error> {
            Err(Self::Error::custom("a branch of a union must be an object"))
        }
    )*};
}

impl<W: SerializeMap> Serializer for Flat<'_, W> {
    type Ok = ();
    type Error = W::Error;
    type SerializeSeq = Impossible<(), W::Error>;
    type SerializeTuple = Impossible<(), W::Error>;
    type SerializeTupleStruct = Impossible<(), W::Error>;
    type SerializeTupleVariant = Impossible<(), W::Error>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), W::Error>;

    fn serialize_map(self, _: Option<usize>) -> Result<Self, W::Error> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, W::Error> {
        Ok(self)
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), W::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), W::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), W::Error> {
        self.serialize_unit()
    }

    refuse! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize)
            -> Self::SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize)
            -> Self::SerializeStructVariant;
    }
}

impl<W: SerializeMap> SerializeMap for Flat<'_, W> {
    type Ok = ();
    type Error = W::Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), W::Error> {
        self.0.serialize_key(key)
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), W::Error> {
        self.0.serialize_value(value)
    }

    fn serialize_entry<K: ?Sized + Serialize, V: ?Sized + Serialize>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), W::Error> {
        self.0.serialize_entry(key, value)
    }

    fn end(self) -> Result<(), W::Error> {
        Ok(())
    }
}

impl<W: SerializeMap> SerializeStruct for Flat<'_, W> {
    type Ok = ();
    type Error = W::Error;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), W::Error> {
        self.0.serialize_entry(key, value)
    }

    fn end(self) -> Result<(), W::Error> {
        Ok(())
    }
}
