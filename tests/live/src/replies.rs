//! Everything that a server tells without being told what to tell.

use qapi::{qga, qmp};

use crate::client::Client;
use crate::failure::Failure;
use crate::protocol::{Agent, Qmp, Request};

/// A command that needs no arguments.
pub struct Query<P> {
    name: &'static str,
    ask: fn(&mut Client<P>) -> Result<(), Failure>,
}

impl<P> Query<P> {
    fn of<C: Request<P> + Default>() -> Self {
        Self {
            name: C::NAME,
            ask: |client| client.execute(C::default()).map(drop),
        }
    }
}

/// Those of QMP, which the test found in the schema.
pub fn qmp() -> Vec<Query<Qmp>> {
    use qmp::commands;
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/generated/qmp_queries.rs"
    ))
}

/// Those of the guest agent.
pub fn agent() -> Vec<Query<Agent>> {
    use qga::commands;
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/generated/qga_queries.rs"
    ))
}

/// Asks all of them; a refusal is an answer too.
pub fn ask<P>(whom: &str, queries: Vec<Query<P>>, client: &mut Client<P>) -> Result<(), Failure> {
    println!("replies {whom}:");
    let (mut answered, mut refused) = (0, 0);
    for query in &queries {
        let findings = client.findings.len();
        match (query.ask)(client) {
            Ok(()) if client.findings.len() == findings => {
                answered += 1;
                println!("  {}", query.name);
            }
            Ok(()) => println!("  {}: WRONG, see below", query.name),
            Err(Failure::Refused { class, desc, .. }) => {
                refused += 1;
                println!("  {}: refused: {class}: {desc}", query.name);
            }
            Err(Failure::Message { what, line, error }) => {
                println!("  {}: WRONG, see below", query.name);
                let line: String = line.chars().take(1000).collect();
                client.findings.push(format!("{what}: {error}: {line}"));
            }
            Err(failure) => return Err(failure),
        }
    }
    println!(
        "answered: {answered} of {}, refused: {refused}",
        queries.len()
    );
    Ok(())
}
