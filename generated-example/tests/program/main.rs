//! Tests of the program as a process.

mod cli;
#[cfg(unix)]
mod hot_plug;
#[cfg(unix)]
mod live;
#[cfg(unix)]
mod qmp;
mod readme;
mod running;
