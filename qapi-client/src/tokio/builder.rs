//! The name of this driver.

/// Names this driver in the types that the drivers share.
#[derive(Debug)]
pub enum Tokio {}

/// Configures a connection of the tokio driver.
pub type Builder = crate::driver::builder::Builder<Tokio>;
