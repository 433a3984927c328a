//! The types are in the crate `ours`.

use ours as qmp;

include!("../../program.rs");
