//! The name of this driver.

/// Names this driver in the types that the drivers share.
#[derive(Debug)]
pub enum Blocking {}

/// Configures a connection of the blocking driver.
pub type Builder = crate::driver::builder::Builder<Blocking>;
