//! The schemas: the one that the project ships, the one that it was asked to implement, and those of QEMU's releases.

mod committed;
mod corpus;
mod declaration;
mod seed;
mod shipped;
