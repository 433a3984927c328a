//! Generates code from the schema in the first file given as argument to the second, as qapi-qmp does.

use std::env;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(schema), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("expected a schema and a file to write".into());
    };
    // It takes the folder, and looks for qapi-schema.json in it.
    let folder = Path::new(&schema).parent().unwrap_or(Path::new(""));
    peer_codegen::codegen(folder, out, "QmpCommand".into())?;
    Ok(())
}
