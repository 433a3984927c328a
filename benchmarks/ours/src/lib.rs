//! QMP as this project generates it from the schema that `qapi-qmp` carries.
#![allow(missing_docs)]

include!(concat!(env!("OUT_DIR"), "/qapi.rs"));
