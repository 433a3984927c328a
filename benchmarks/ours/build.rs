//! The code of a user of the generator; only the location of the schema is unusual.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    Ok(qapi_codegen::compile(peer_schema::root()?)?)
}
