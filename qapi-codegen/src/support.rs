//! The runtime that generated files carry, as far as each needs it: spliced in as text, and compiled here to be tested.

pub mod alternates;
pub mod enums;
pub mod errors;
pub mod events;
pub mod flat;
pub mod kept;
pub mod keys;
pub mod lists;
pub mod members;
pub mod numbers;
pub mod objects;
pub mod unions;

pub use alternates::*;
pub use enums::*;
pub use errors::*;
pub use events::*;
pub use flat::*;
pub use kept::*;
pub use keys::*;
pub use lists::*;
pub use members::*;
pub use numbers::*;
pub use objects::*;
pub use unions::*;
