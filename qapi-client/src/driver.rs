//! Everything that the drivers share. They differ only in how they wait.

pub(crate) mod action;
pub(crate) mod address;
pub(crate) mod agent;
pub(crate) mod builder;
pub(crate) mod call;
pub(crate) mod child;
pub(crate) mod connection;
pub(crate) mod deadline;
pub(crate) mod decode;
pub(crate) mod error;
pub(crate) mod events;
#[cfg(all(unix, feature = "fd"))]
pub(crate) mod fd;
pub(crate) mod opening;
#[cfg_attr(not(feature = "tracing"), path = "driver/no_trace.rs")]
pub(crate) mod trace;
