//! What a user of the generator writes; only the schema is found in an unusual way.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    Ok(qapi_codegen::compile(peer_schema::root()?)?)
}
