// What the impls of a schema's events need besides the envelope.

/// The answer to an index that no event has, which is never asked for.
pub fn no_such_event<T, E: ::serde::de::Error>() -> Result<T, E> {
    Err(E::custom("no such event"))
}
