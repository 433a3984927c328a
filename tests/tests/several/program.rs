//! Decodes return values with generated types, encodes them again, and reports differences.
//!
//! Each line of the input has the name of a command and its return value, separated by a tab.
#![deny(warnings)]

mod checks;

use std::io::BufRead as _;

fn main() {
    let mut checked = 0;
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let (name, value) = line.split_once('\t').expect("a name and a value");
        match checks::check_return(name, value) {
            Ok(()) => checked += 1,
            Err(error) => println!("WRONG: {name}: {error}: {value}"),
        }
    }
    println!("checked {checked}");
}
