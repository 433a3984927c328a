//! Executes all commands that require no arguments.

use std::fmt::Debug;

use qapi::{qga, qmp};
use qapi_client::{Command, Error, blocking};
use serde::Serialize;

use crate::client::Client;
use crate::connection::Connection;
use crate::failure::Failure;

/// A command that needs no arguments.
pub struct Query<S> {
    name: &'static str,
    ask: fn(&mut Client<S>) -> Result<(), Failure>,
}

impl<S: Connection> Query<S> {
    fn of<C: Command<Return: Send> + Default>() -> Self
    where
        C::Return: Serialize + Debug + Send,
    {
        Self {
            name: C::NAME,
            ask: |client| client.execute(C::default()).map(drop),
        }
    }
}

/// Those of QMP, which the test found in the schema.
pub fn qmp() -> Vec<Query<blocking::Client>> {
    use qmp::commands;
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/generated/qmp_queries.rs"
    ))
}

/// Those of the guest agent.
pub fn agent() -> Vec<Query<blocking::Agent>> {
    use qga::commands;
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/generated/qga_queries.rs"
    ))
}

/// Executes all of them. An error counts as a response.
pub fn ask<S>(whom: &str, queries: Vec<Query<S>>, client: &mut Client<S>) -> Result<(), Failure> {
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
            Err(Failure::Client(Error::Refused { error, .. })) => {
                refused += 1;
                println!("  {}: refused: {error}", query.name);
            }
            Err(Failure::Client(error @ Error::Undecodable { .. })) => {
                println!("  {}: WRONG, see below", query.name);
                client.findings.push(error.to_string());
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
