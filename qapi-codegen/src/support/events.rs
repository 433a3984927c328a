// Support for the impls of events, in addition to the envelope.

use ::serde::de::Error;
use ::serde::{Deserialize, Deserializer};

/// Reads the data of an event and puts the event into its place.
pub fn read_event<'de, T: Deserialize<'de>, E, D: Deserializer<'de>>(
    data: D,
    event: impl FnOnce(T) -> E,
    place: &mut Option<E>,
) -> Result<(), D::Error> {
    match T::deserialize(data) {
        Ok(data) => {
            *place = Some(event(data));
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// The error for an index that no event has. It never occurs.
pub fn no_such_event<T, E: Error>() -> Result<T, E> {
    Err(E::custom("no such event"))
}
