//! Generates code from the schema in the first file given as argument to the second; formats it
//! unless there is a third argument.

use std::env;
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(schema), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("expected a schema and a file to write".into());
    };
    let builder = qapi_codegen::Builder::new(schema).format(arguments.next().is_none());
    let bindings = builder.generate()?;
    Ok(fs::write(out, bindings.to_string())?)
}
