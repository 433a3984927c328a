//! Messages of QEMU, and the candidates that decode and encode them.

mod cases;
mod introspection;

pub use cases::{Case, Run, all};
