//! A connection to a server; all received messages are checked.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::Path;
use std::time::{Duration, Instant};

use qapi::qmp::Event;
use qapi_client::blocking;
use qapi_client::{Capability, Command, Error};
use serde::Serialize;
use serde_json::Value;

use crate::connection::{Connection, WithSent};
use crate::events::EventPairs;
use crate::failure::Failure;
use crate::roundtrip;

/// The time limit for a response or an event.
const PATIENCE: Duration = Duration::from_secs(20);

/// Executes commands, decodes and encodes each reply, and compares the result with it.
pub struct Client<C> {
    connection: C,
    /// Decoded messages, encoded again for comparison.
    pub checked: usize,
    /// The findings.
    pub findings: Vec<String>,
}

/// A client of QEMU's monitor.
pub struct Monitor {
    pub client: Client<blocking::Client>,
    events: EventPairs,
    /// Events that were not waited for yet.
    kept: Vec<Event>,
    /// The number of events with each name.
    pub seen: BTreeMap<String, usize>,
}

/// A client of a guest agent.
pub type Agent = Client<blocking::Agent>;

fn builder() -> blocking::Builder {
    blocking::Client::builder().command_timeout(PATIENCE)
}

fn address(socket: &Path) -> String {
    format!("unix:{}", socket.display())
}

impl Agent {
    pub fn connect(socket: &Path) -> Result<Self, Failure> {
        Ok(Self::new(builder().connect_agent(&address(socket))?))
    }
}

impl<S: Connection> Client<S> {
    fn new(connection: S) -> Self {
        Self {
            connection,
            checked: 0,
            findings: vec![],
        }
    }

    pub fn execute<C: Command<Return: Send>>(&mut self, command: C) -> Result<C::Return, Failure>
    where
        C::Return: Serialize + Debug + Send,
    {
        let reply = self.connection.execute(WithSent(command))?;
        self.check(C::NAME, &reply.value, &reply.sent);
        Ok(reply.value)
    }

    fn check<T: Serialize + Debug>(&mut self, what: &str, value: &T, sent: &Value) {
        self.checked += 1;
        let findings = roundtrip::findings(value, sent);
        self.findings
            .extend(findings.iter().map(|finding| format!("{what}: {finding}")));
    }
}

impl Monitor {
    pub fn connect(socket: &Path, capabilities: Vec<Capability>) -> Result<Self, Failure> {
        let builder = builder().capabilities(capabilities);
        let client = builder.connect(&address(socket))?;
        Ok(Self {
            events: EventPairs::new(&client),
            client: Client::new(client),
            kept: vec![],
            seen: BTreeMap::new(),
        })
    }

    /// Executes a command in turn.
    pub fn execute<C: Command<Return: Send>>(&mut self, command: C) -> Result<C::Return, Failure>
    where
        C::Return: Serialize + Debug + Send,
    {
        self.client.execute(command)
    }

    /// Executes a command out of band.
    pub fn execute_out_of_band<C: Command<Return: Send>>(
        &mut self,
        command: C,
    ) -> Result<C::Return, Failure>
    where
        C::Return: Serialize + Debug + Send,
    {
        let reply = self.client.connection.execute_oob(WithSent(command))?;
        self.client.check(C::NAME, &reply.value, &reply.sent);
        Ok(reply.value)
    }

    /// Waits for the event for which `wanted` returns a value.
    ///
    /// Other events are kept.
    pub fn wait<T>(
        &mut self,
        what: &str,
        wanted: impl Fn(&Event) -> Option<T>,
    ) -> Result<T, Failure> {
        let deadline = Instant::now() + PATIENCE;
        let mut next = 0;
        loop {
            while let Some(event) = self.kept.get(next) {
                if let Some(found) = wanted(event) {
                    self.kept.remove(next);
                    return Ok(found);
                }
                next += 1;
            }
            match self.keep_next(deadline) {
                Some(Ok(())) => {}
                Some(Err(Error::TimedOut { .. })) | None => {
                    let what = format!("no {what}, but");
                    return Err(Failure::unexpected(&what, &self.kept));
                }
                Some(Err(error)) => return Err(error.into()),
            }
        }
    }

    /// Waits for an event without data.
    pub fn wait_until(
        &mut self,
        what: &str,
        wanted: impl Fn(&Event) -> bool,
    ) -> Result<(), Failure> {
        self.wait(what, |event| wanted(event).then_some(()))
    }

    /// Checks the remaining events, and returns all findings.
    pub fn finish(&mut self) -> Vec<String> {
        loop {
            match self.keep_next(Instant::now()) {
                Some(Ok(())) => {}
                Some(Err(Error::TimedOut { .. } | Error::Disconnected { .. })) | None => break,
                Some(Err(error)) => self.client.findings.push(error.to_string()),
            }
        }
        std::mem::take(&mut self.client.findings)
    }

    /// Checks and keeps the next event.
    fn keep_next(&mut self, deadline: Instant) -> Option<Result<(), Error>> {
        let (typed, sent) = match self.events.next(deadline)? {
            Ok(pair) => pair,
            Err(error) => return Some(Err(error)),
        };
        let name = typed.event.name().to_owned();
        match serde_json::to_value(&sent) {
            Ok(sent) => self.client.check(&name, &typed, &sent),
            Err(error) => self.client.findings.push(format!("{name}: {error}")),
        }
        *self.seen.entry(name).or_default() += 1;
        self.kept.push(typed.event);
        Some(Ok(()))
    }
}
