//! Strings have a type of the caller; only the command whose reply is measured is generated.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    qapi_codegen::Builder::new(peer_schema::root()?)
        .only(["query-qmp-schema"])
        .extern_type("str", "::compact_str::CompactString")
        .generate()?
        .write_to_out_dir("qapi.rs")?;
    Ok(())
}
