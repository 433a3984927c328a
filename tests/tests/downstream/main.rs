//! Crates of other people, who use the generator in a build script and the generated code in their own.

mod build_script;
mod client;
mod fixture;
mod lints;
mod readme;
