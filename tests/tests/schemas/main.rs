//! The schemas: the project's own, the original events of QEMU, and those of QEMU's releases.

mod committed;
mod corpus;
mod declaration;
mod seed;
mod shipped;
