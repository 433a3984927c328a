//! Messages of a newer QEMU, for every kind of definition: none is an error, and unknown parts are kept where possible.
//! Invalid messages are errors with the path to the value.

#[allow(unreachable_pub)]
mod showcase {
    include!(concat!(env!("OUT_DIR"), "/showcase.rs"));
}

mod commands;
mod errors;
mod numbers;
mod unknown;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Decodes a value. Encoding must give the same text.
#[track_caller]
fn kept<T: DeserializeOwned + Serialize + PartialEq + Debug>(text: &str) -> T {
    let it: T = read(text);
    let expected: Value = serde_json::from_str(text).expect("it is JSON");
    let written = serde_json::to_string(&it).expect("it can be written");
    let found: Value = serde_json::from_str(&written).expect("it is JSON");
    assert_eq!(found, expected, "{it:?}");
    it
}

/// Decodes a value from text and from JSON in memory, which must be equal.
#[track_caller]
fn read<T: DeserializeOwned + PartialEq + Debug>(text: &str) -> T {
    let it: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let value: Value = serde_json::from_str(text).expect("it is JSON");
    assert_eq!(serde_json::from_value::<T>(value).expect("it is good"), it);
    it
}

/// The error in a value.
#[track_caller]
fn error<T: DeserializeOwned + Debug>(text: &str) -> String {
    match serde_json::from_str::<T>(text) {
        Ok(it) => panic!("{text} is read as {it:?}"),
        Err(error) => {
            let error = error.to_string();
            let end = error.find(" at line ").unwrap_or(error.len());
            error[..end].to_owned()
        }
    }
}

/// All orders of a few members, each as an object.
fn orders(members: &[&str]) -> Vec<String> {
    fn orders_of<'a>(members: &[&'a str]) -> Vec<Vec<&'a str>> {
        let Some((first, rest)) = members.split_first() else {
            return vec![vec![]];
        };
        let mut all = Vec::new();
        for order in orders_of(rest) {
            for at in 0..=order.len() {
                let mut order = order.clone();
                order.insert(at, *first);
                all.push(order);
            }
        }
        all
    }
    let all = orders_of(members);
    all.iter()
        .map(|it| format!("{{{}}}", it.join(",")))
        .collect()
}
