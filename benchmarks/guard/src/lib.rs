//! The work whose instructions are counted. All of its input is in the repository.

mod messages;
mod work;

pub use work::{ALL, Work, find, measured};

#[allow(missing_docs)]
pub mod qapi {
    //! Code generated from `schema/qapi-schema.json`.
    include!("../../../generated-example/generated/qapi.rs");
}

#[allow(missing_docs)]
pub mod showcase {
    //! Code generated from `schema/showcase.json`.
    include!("../../../generated-example/generated/showcase.rs");
}
