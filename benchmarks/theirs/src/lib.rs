//! QMP as `qapi-qmp` has it.

pub use qapi_qmp::*;
