//! Options of the builder: their effects, and errors for options that do not fit the schema.

#[allow(dead_code)]
#[path = "../downstream/fixture.rs"]
mod fixture;

mod attributes;
mod conditions;
mod external;
mod output;
mod selection;
mod support;
