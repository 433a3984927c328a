// Support for the impls of events, in addition to the envelope.

/// The error for an index that no event has. It never occurs.
pub fn no_such_event<T, E: ::serde::de::Error>() -> Result<T, E> {
    Err(E::custom("no such event"))
}
