//! The types of `qapi-qmp`.

pub use qapi_qmp::*;
