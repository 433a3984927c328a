//! A typical build script that uses the generator, except for the location of the schema.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    Ok(qapi_codegen::compile(peer_schema::root()?)?)
}
