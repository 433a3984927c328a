//! Loads anything at all, and looks at all that comes out of it.
#![no_main]

#[path = "../../tests/support/mod.rs"]
mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| support::exercise(bytes));
