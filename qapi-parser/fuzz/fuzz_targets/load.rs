//! Loads arbitrary input, and visits everything in the result.
#![no_main]

#[path = "../../tests/support/mod.rs"]
mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| support::exercise(bytes));
