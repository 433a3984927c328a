//! Downstream crates that use the generator in a build script.

mod build_script;
mod client;
mod fixture;
mod lints;
mod readme;
