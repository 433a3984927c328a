//! Reads and validates the schema in the file given as argument: the first part of the work of `ours`.

use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let schema = env::args_os().nth(1).ok_or("expected a schema")?;
    qapi_parser::Loader::new().load(schema)?;
    Ok(())
}
