//! In place of `trace`, without the feature `tracing`.

use crate::core::Incoming;
use crate::driver::builder::Options;

pub(crate) struct Trace;

impl Trace {
    pub(crate) fn new() -> Self {
        Self
    }

    pub(crate) fn sent(&mut self, _: &[u8], _: &Options) {}

    pub(crate) fn received(&mut self, _: &Incoming) {}

    pub(crate) fn emit(self) {}
}
