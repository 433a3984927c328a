//! Generates to the file that the second argument names from the schema that the first names.

use std::env;
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(schema), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("expected a schema and a file to write".into());
    };
    let bindings = qapi_codegen::Builder::new(schema).generate()?;
    Ok(fs::write(out, bindings.to_string())?)
}
