//! The code of a user of the client; only the location of the schema is unusual.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    qapi_codegen::Builder::new(peer_schema::root()?)
        .client("::qapi_client")
        .generate()?
        .write_to_out_dir("qmp.rs")?;
    Ok(())
}
