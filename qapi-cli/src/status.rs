//! Exit statuses.

/// A schema is rejected, or a change breaks something.
pub(crate) const REJECTED: u8 = 1;

/// A file cannot be read or written, or the command line is wrong.
pub(crate) const FAILED: u8 = 2;
