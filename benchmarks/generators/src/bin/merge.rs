//! Merges the schemas in the two files given as arguments.

use std::env;
use std::error::Error;

use qapi_compat::merge::{Options, merge};
use qapi_parser::Loader;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(first), Some(other)) = (arguments.next(), arguments.next()) else {
        return Err("expected two schemas".into());
    };
    let (first, other) = (Loader::new().load(first)?, Loader::new().load(other)?);
    let merged = merge(first, vec![other], Options::default())?;
    println!("{}", merged.schema.definitions().len());
    Ok(())
}
