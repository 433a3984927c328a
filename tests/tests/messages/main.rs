//! Messages of real QEMUs that differ from a literal reading of the schema, and paths in errors.

mod commands;
mod enums;
mod hidden;
mod paths;
mod unsigned;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Decodes a value from text, from a stream and from JSON in memory, which must agree.
#[track_caller]
fn decoded<T: DeserializeOwned + Debug>(text: &str) -> T {
    let of_text: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let value: Value = serde_json::from_str(text).expect("JSON");
    let of_stream: T = serde_json::from_reader(text.as_bytes()).expect("the stream has it too");
    let of_value: T = serde_json::from_value(value).expect("the value has it too");
    let debug = format!("{of_text:?}");
    assert_eq!(debug, format!("{of_stream:?}"));
    assert_eq!(debug, format!("{of_value:?}"));
    of_text
}

/// Decodes a value. Encoding must give the same text.
#[track_caller]
fn kept<T: DeserializeOwned + Serialize + Debug>(text: &str) -> T {
    let it: T = decoded(text);
    let value: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(encoded(&it), value);
    it
}

/// The error of decoding, without the position in the text.
#[track_caller]
fn error<T: DeserializeOwned + Debug>(text: &str) -> String {
    let error = serde_json::from_str::<T>(text).expect_err(text).to_string();
    let (error, _) = error.rsplit_once(" at line ").expect("a position");
    let value: Value = serde_json::from_str(text).expect("JSON");
    serde_json::from_value::<T>(value).expect_err(text);
    error.to_owned()
}

#[track_caller]
fn encoded(it: &impl Serialize) -> Value {
    let text = serde_json::to_string(it).expect("it can be encoded");
    serde_json::from_str(&text).expect("JSON")
}
