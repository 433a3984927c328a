//! Everything that the drivers share. They differ only in how they wait.

pub(crate) mod address;
pub(crate) mod agent;
pub(crate) mod answer;
pub(crate) mod builder;
pub(crate) mod child;
pub(crate) mod connection;
pub(crate) mod deadline;
pub(crate) mod decode;
pub(crate) mod error;
#[cfg(all(unix, feature = "fd"))]
pub(crate) mod fd;
#[cfg(feature = "tracing")]
pub(crate) mod trace;
