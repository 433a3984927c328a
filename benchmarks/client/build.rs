//! A typical build script of a program that uses the client, except for the location of the schema.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    qapi_codegen::Builder::new(peer_schema::root()?)
        .client("::qapi_client")
        .generate()?
        .write_to_out_dir("qmp.rs")?;
    Ok(())
}
