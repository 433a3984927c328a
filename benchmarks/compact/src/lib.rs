//! Types of QMP with `CompactString` for strings.
#![allow(missing_docs)]

include!(concat!(env!("OUT_DIR"), "/qapi.rs"));
