//! A typical build script that uses the generator, except for the location of the schema.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let builder = qapi_codegen::Builder::new(peer_schema::root()?);
    let bindings = builder
        .only(["device_del", "query-status", "DEVICE_DELETED"])
        .generate()?;
    Ok(bindings.write_to_out_dir("qapi.rs")?)
}
