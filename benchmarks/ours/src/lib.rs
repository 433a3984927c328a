//! QMP as this project generates it from the schema in `qapi-qmp`.
#![allow(missing_docs)]

include!(concat!(env!("OUT_DIR"), "/qapi.rs"));
