//! The code of a user of the generator; only the location of the schema is unusual.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let builder = qapi_codegen::Builder::new(peer_schema::root()?);
    let bindings = builder
        .only(["device_del", "query-status", "DEVICE_DELETED"])
        .generate()?;
    Ok(bindings.write_to_out_dir("qapi.rs")?)
}
