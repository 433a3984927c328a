//! Messages of QEMU, and what there is to decode and to encode them.

mod cases;
mod introspection;

pub use cases::{Case, Run, all};
