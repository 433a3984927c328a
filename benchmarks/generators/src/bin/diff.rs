//! Compares the schemas in the two files given as arguments.

use std::env;
use std::error::Error;

use qapi_compat::{Diff, Question, Side};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(old), Some(new)) = (arguments.next(), arguments.next()) else {
        return Err("expected two schemas".into());
    };
    let diff = Diff::new(&Side::load(old)?, &Side::load(new)?);
    println!("{:?}", diff.worst(Question::Wire));
    Ok(())
}
