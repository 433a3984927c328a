//! What a user of the client writes; only the schema is found in an unusual way.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    qapi_codegen::Builder::new(peer_schema::root()?)
        .client("::qapi_client")
        .generate()?
        .write_to_out_dir("qmp.rs")?;
    Ok(())
}
