//! Decodes messages, one per line, and encodes them again, which must give the same text.
#![deny(warnings, clippy::all)]

mod qapi;

use qapi::EventMessage;

fn main() {
    let mut unlike = 0;
    for line in std::io::stdin().lines() {
        let line = line.expect("it is text");
        let expected: serde_json::Value = serde_json::from_str(&line).expect("it is JSON");
        let found = serde_json::from_str::<EventMessage>(&line)
            .and_then(serde_json::to_value)
            .unwrap_or_else(|error| error.to_string().into());
        if found != expected {
            unlike += 1;
            println!("{expected}\n  is read and written as\n{found}");
        }
        if let Ok(EventMessage { event: qapi::Event::Unknown(event), .. }) = serde_json::from_str(&line) {
            unlike += 1;
            println!("{} is unknown", event.name);
        }
    }
    std::process::exit(unlike.min(1));
}
