//! Decodes return values with generated types, encodes them again, and reports differences.
//!
//! Each line of the input has a module, the name of a command or `event`, and a value, which follows a tab.
#![deny(warnings)]

mod checks;

use std::io::BufRead as _;

fn main() {
    let mut checked = 0;
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let (name, value) = line.split_once('\t').expect("a name and a value");
        let (module, of) = name.split_once(' ').expect("a module");
        let check = match module {
            "qmp" => checks::qmp,
            "qga" => checks::qga,
            _ => checks::two,
        };
        match check(of, value) {
            Ok(()) => checked += 1,
            Err(error) => println!("WRONG: {name}: {error}: {value}"),
        }
    }
    println!("checked {checked}");
}
