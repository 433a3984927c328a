//! The types are in this crate.

#[allow(dead_code, missing_docs, unreachable_pub)]
mod qmp {
    include!(concat!(env!("OUT_DIR"), "/qapi.rs"));
}

include!("../../program.rs");
