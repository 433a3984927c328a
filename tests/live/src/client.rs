//! A connection to a server; all that comes over it is checked.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io::{BufRead as _, BufReader, Write as _};
use std::marker::PhantomData;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use qapi::qmp::{Event, EventMessage, QMPCapability, commands};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::Failure;
use crate::protocol::{Agent, Qmp, Request};
use crate::roundtrip;

/// How long a server may take to answer, or to send an event.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Client<P> {
    stream: UnixStream,
    lines: BufReader<UnixStream>,
    last_id: u64,
    /// Events that nobody has waited for yet.
    events: Vec<Event>,
    /// How many there were of each name.
    pub seen: BTreeMap<String, usize>,
    /// What was read, and written again to compare.
    pub checked: usize,
    /// What was found to be wrong.
    pub findings: Vec<String>,
    protocol: PhantomData<P>,
}

impl Client<Qmp> {
    /// Connects to a monitor, and agrees on what it can do.
    pub fn connect(socket: &Path, capabilities: Vec<QMPCapability>) -> Result<Self, Failure> {
        let mut client = Self::open(socket)?;
        let greeting = client.read_line("a greeting")?;
        if !greeting.starts_with(r#"{"QMP":"#) {
            return Err(Failure::unexpected("no greeting", &greeting));
        }
        let mut negotiation = commands::QmpCapabilities::new();
        negotiation.enable = Some(capabilities);
        client.execute(negotiation)?;
        Ok(client)
    }

    /// The next event that is wanted; `wanted` gives what the caller wants to know of it.
    ///
    /// Others are kept for those who want them.
    pub fn wait<T>(
        &mut self,
        what: &str,
        wanted: impl Fn(&Event) -> Option<T>,
    ) -> Result<T, Failure> {
        let deadline = Instant::now() + PATIENCE;
        let mut next = 0;
        loop {
            while let Some(event) = self.events.get(next) {
                if let Some(found) = wanted(event) {
                    self.events.remove(next);
                    return Ok(found);
                }
                next += 1;
            }
            if Instant::now() > deadline {
                return Err(Failure::unexpected(
                    &format!("no {what}, but"),
                    &self.events,
                ));
            }
            let line = self.read_line(what)?;
            if !self.take_event(&line)? {
                return Err(Failure::unexpected("an answer to nothing", &line));
            }
        }
    }

    /// Waits for an event that tells nothing but that it happened.
    pub fn wait_until(
        &mut self,
        what: &str,
        wanted: impl Fn(&Event) -> bool,
    ) -> Result<(), Failure> {
        self.wait(what, |event| wanted(event).then_some(()))
    }
}

impl Client<Agent> {
    /// Connects to a guest agent, which does not greet.
    pub fn connect(socket: &Path) -> Result<Self, Failure> {
        Self::open(socket)
    }
}

impl<P> Client<P> {
    fn open(socket: &Path) -> Result<Self, Failure> {
        let what = || Failure::connection(socket.display().to_string());
        let stream = UnixStream::connect(socket).map_err(what())?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(what())?;
        stream.set_write_timeout(Some(PATIENCE)).map_err(what())?;
        let lines = BufReader::new(stream.try_clone().map_err(what())?);
        Ok(Self {
            stream,
            lines,
            last_id: 0,
            events: vec![],
            seen: BTreeMap::new(),
            checked: 0,
            findings: vec![],
            protocol: PhantomData,
        })
    }

    /// Executes a command in turn.
    pub fn execute<C: Request<P>>(&mut self, command: C) -> Result<C::Return, Failure> {
        self.request(command, false)
    }

    /// Executes a command out of band.
    pub fn execute_out_of_band<C: Request<P>>(&mut self, command: C) -> Result<C::Return, Failure> {
        self.request(command, true)
    }

    fn request<C: Request<P>>(
        &mut self,
        command: C,
        out_of_band: bool,
    ) -> Result<C::Return, Failure> {
        self.last_id += 1;
        let id = Value::from(self.last_id);
        let request = command.encode(id.clone(), out_of_band);
        let request = request.map_err(|error| self.not_a_message(C::NAME, "", error))?;
        let sent = writeln!(self.stream, "{request}");
        sent.map_err(Failure::connection(C::NAME))?;
        loop {
            let line = self.read_line(C::NAME)?;
            if self.take_event(&line)? {
                continue;
            }
            let answer = C::decode(&line).map_err(|e| self.not_a_message(C::NAME, &line, e))?;
            if answer.id != Some(id) {
                return Err(Failure::unexpected("an answer to something else", &line));
            }
            return match answer.result {
                Ok(value) => {
                    let whole: Value = self.parse(C::NAME, &line)?;
                    self.check(C::NAME, &value, &whole["return"]);
                    Ok(value)
                }
                Err((class, desc)) => Err(Failure::Refused {
                    command: C::NAME,
                    class,
                    desc,
                }),
            };
        }
    }

    /// Keeps the event that a line is; `false` when it is none.
    fn take_event(&mut self, line: &str) -> Result<bool, Failure> {
        let whole: Value = self.parse("a message", line)?;
        if whole.get("event").is_none() {
            return Ok(false);
        }
        let message: EventMessage = self.parse("an event", line)?;
        self.check(message.event.name(), &message, &whole);
        let name = message.event.name().to_owned();
        *self.seen.entry(name).or_default() += 1;
        self.events.push(message.event);
        Ok(true)
    }

    fn check<T: Serialize + Debug>(&mut self, what: &str, value: &T, sent: &Value) {
        self.checked += 1;
        let findings = roundtrip::findings(value, sent);
        self.findings
            .extend(findings.iter().map(|finding| format!("{what}: {finding}")));
    }

    fn read_line(&mut self, what: &str) -> Result<String, Failure> {
        let mut line = String::new();
        match self.lines.read_line(&mut line) {
            Ok(0) => Err(Failure::Unexpected(format!(
                "{what}: the connection is closed"
            ))),
            Ok(_) => Ok(line.trim_end().to_owned()),
            Err(error) => Err(Failure::connection(what)(error)),
        }
    }

    fn parse<T: DeserializeOwned>(&self, what: &str, line: &str) -> Result<T, Failure> {
        serde_json::from_str(line).map_err(|error| self.not_a_message(what, line, error))
    }

    fn not_a_message(&self, what: &str, line: &str, error: serde_json::Error) -> Failure {
        let (what, line) = (what.to_owned(), line.to_owned());
        Failure::Message { what, line, error }
    }
}
