//! The program as people run it.

mod cli;
#[cfg(unix)]
mod hot_plug;
#[cfg(unix)]
mod live;
#[cfg(unix)]
mod qmp;
mod readme;
mod running;
