//! A server that does what a test says, and the two drivers behind one trait, so that every test runs with both.
#![allow(dead_code, missing_docs, unreachable_pub)]

pub mod qemu;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

use qapi_client::{
    Builder, Capability, Command, Deadline, Empty, Error, EventMessage, Events, blocking, tokio,
};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

/// Longer than anything takes.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Defines a command without arguments that returns any JSON.
macro_rules! command {
    ($name:ident, $wire:literal, $return:ty) => {
        #[derive(Clone, Default)]
        pub struct $name;

        impl Command for $name {
            const NAME: &'static str = $wire;
            const ALLOW_OOB: bool = true;
            const HAS_ARGUMENTS: bool = false;
            type Return = $return;
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Empty::new().serialize(serializer)
            }
        }
    };
}

command!(QueryStatus, "query-status", Value);
command!(QueryName, "query-name", Value);
command!(QueryNumber, "query-number", u8);
command!(QueryNumbers, "query-numbers", Vec<u64>);
command!(QueryNested, "query-nested", Nested);
command!(Stop, "stop", Empty);
command!(Cont, "cont", Empty);
command!(MigratePause, "migrate-pause", Empty);

/// A command that is as long as one wants.
pub struct Long(pub usize);

impl Command for Long {
    const NAME: &'static str = "long";
    const ALLOW_OOB: bool = false;
    type Return = Value;
}

impl Serialize for Long {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("text", &"x".repeat(self.0))?;
        map.end()
    }
}

/// A recursive type, as that of images is.
#[derive(Debug)]
pub struct Nested(pub Option<Box<Nested>>);

impl Nested {
    pub fn depth(&self) -> usize {
        let (mut depth, mut at) = (0, self);
        while let Some(inner) = &at.0 {
            depth += 1;
            at = inner;
        }
        depth
    }

    pub fn text(depth: usize) -> String {
        format!("{}null{}", "[".repeat(depth), "]".repeat(depth))
    }
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let inner = Option::<(Box<Nested>,)>::deserialize(deserializer)?;
        Ok(Self(inner.map(|(inner,)| inner)))
    }
}

/// All events there are, except that `BROKEN` has data that never fits.
#[derive(Debug)]
pub struct Event {
    pub name: String,
    pub data: Value,
}

impl Events for Event {
    const NAMES: &'static [&'static str] = &["BROKEN"];

    fn read<'de, D: Deserializer<'de>>(_: usize, data: D) -> Result<Self, D::Error> {
        let _ = Value::deserialize(data)?;
        Err(serde::de::Error::custom("member: missing"))
    }

    fn unknown(name: String, data: Option<Value>) -> Self {
        Self {
            name,
            data: data.unwrap_or_default(),
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn write<W: SerializeMap>(&self, map: &mut W) -> Result<(), W::Error> {
        map.serialize_entry("data", &self.data)
    }
}

pub const GREETING: &str = r#"{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": ""}, "capabilities": ["oob"]}}"#;

/// The text of an event.
pub fn event(name: &str, data: Value) -> String {
    let timestamp = json!({"seconds": 1, "microseconds": 2});
    json!({"event": name, "data": data, "timestamp": timestamp}).to_string()
}

/// The server's end of a connection.
pub struct Server {
    pub stream: UnixStream,
    lines: BufReader<UnixStream>,
}

impl Server {
    pub fn new(stream: UnixStream) -> Self {
        let lines = BufReader::new(stream.try_clone().unwrap());
        Self { stream, lines }
    }

    /// Sends a line, which ends as those of QEMU do.
    pub fn send(&mut self, line: &str) {
        self.send_bytes(format!("{line}\r\n").as_bytes());
    }

    /// Sends bytes; that the client has gone is its own affair.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes);
    }

    /// Receives a request; `None` at the end of the connection.
    pub fn receive(&mut self) -> Option<Value> {
        let mut line = String::new();
        match self.lines.read_line(&mut line) {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(serde_json::from_str(&line).unwrap()),
        }
    }

    /// Receives the rest of a line.
    pub fn read_line(&mut self, line: &mut String) {
        self.lines.read_line(line).unwrap();
    }

    /// Receives the request to execute a command, and gives its id.
    pub fn expect(&mut self, name: &str) -> Value {
        let request = self.receive().expect("a request");
        let execute = request.get("execute").or(request.get("exec-oob"));
        assert_eq!(execute, Some(&json!(name)), "{request}");
        request["id"].clone()
    }

    pub fn answer(&mut self, id: &Value, value: Value) {
        self.send(&json!({"return": value, "id": id}).to_string());
    }

    pub fn negotiate(&mut self) -> Value {
        self.send(GREETING);
        let request = self.receive().expect("a request");
        assert_eq!(request["execute"], "qmp_capabilities", "{request}");
        self.answer(&request["id"], json!({}));
        request
    }

    pub fn close(&self) {
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// Settings that differ from the defaults.
#[derive(Clone, Copy, Default)]
pub struct Setup {
    pub connect_timeout: Option<Duration>,
    pub wait_for_socket: bool,
    pub oob: bool,
    pub max_message_len: Option<usize>,
    pub max_depth: Option<usize>,
}

impl Setup {
    fn apply<D>(self, mut builder: Builder<D>) -> Builder<D> {
        builder = builder
            .connect_timeout(self.connect_timeout.unwrap_or(PATIENCE))
            .command_timeout(PATIENCE)
            .wait_for_socket(self.wait_for_socket);
        if self.oob {
            builder = builder.capabilities([Capability::Oob]);
        }
        if let Some(bytes) = self.max_message_len {
            builder = builder.max_message_len(bytes);
        }
        if let Some(levels) = self.max_depth {
            builder = builder.max_depth(levels);
        }
        builder
    }
}

pub type Next = Option<Result<EventMessage<Event>, Error>>;

/// A driver as the tests use it, in threads.
pub trait Driver: Clone + Send + Sync + 'static {
    fn connect_stream(stream: UnixStream, setup: Setup) -> Result<Self, Error>;
    fn connect(address: &str, setup: Setup) -> Result<Self, Error>;
    /// Binds, calls `ready` with the address, and accepts one client.
    fn listen(address: &str, setup: Setup, ready: impl FnOnce(&str)) -> Result<Self, Error>;
    /// Starts a child, and gives what kills it and waits for its end.
    fn spawn(command: &mut std::process::Command) -> Result<(Self, Reap), Error>;
    fn execute<C: Command + Send>(&self, command: C) -> Result<C::Return, Error>
    where
        C::Return: Send;
    fn execute_with<C: Command + Send>(
        &self,
        command: C,
        deadline: impl Into<Deadline> + Send,
    ) -> Result<C::Return, Error>
    where
        C::Return: Send;
    fn execute_oob<C: Command + Send>(&self, command: C) -> Result<C::Return, Error>
    where
        C::Return: Send;
    /// Waits for the event with a name.
    fn wait_for(
        &self,
        name: &'static str,
    ) -> Box<dyn FnOnce(Duration) -> Result<EventMessage<Event>, Error> + Send>;
    fn events(&self) -> Box<dyn FnMut() -> Next + Send>;
    fn version(&self) -> String;
    fn close(&self);
}

/// Kills a child and waits for its end.
pub type Reap = Box<dyn FnOnce() -> std::process::ExitStatus>;

impl Driver for blocking::Client {
    fn connect_stream(stream: UnixStream, setup: Setup) -> Result<Self, Error> {
        setup.apply(Self::builder()).connect_stream(stream)
    }

    fn connect(address: &str, setup: Setup) -> Result<Self, Error> {
        setup.apply(Self::builder()).connect(address)
    }

    fn listen(address: &str, setup: Setup, ready: impl FnOnce(&str)) -> Result<Self, Error> {
        let listener = setup.apply(Self::builder()).listen(address)?;
        ready(&listener.address());
        listener.accept()
    }

    fn spawn(command: &mut std::process::Command) -> Result<(Self, Reap), Error> {
        let (client, mut child) = blocking::Client::spawn(command)?;
        let reap = move || {
            child.kill().unwrap();
            child.wait(PATIENCE).unwrap().expect("the child ends")
        };
        Ok((client, Box::new(reap)))
    }

    fn execute<C: Command + Send>(&self, command: C) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        self.execute(command)
    }

    fn execute_with<C: Command + Send>(
        &self,
        command: C,
        deadline: impl Into<Deadline> + Send,
    ) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        self.execute_with(command, deadline)
    }

    fn execute_oob<C: Command + Send>(&self, command: C) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        self.execute_oob(command)
    }

    fn wait_for(
        &self,
        name: &'static str,
    ) -> Box<dyn FnOnce(Duration) -> Result<EventMessage<Event>, Error> + Send> {
        let wait = self.wait_for(move |event: &Event| event.name == name);
        Box::new(|duration| wait.within(duration))
    }

    fn events(&self) -> Box<dyn FnMut() -> Next + Send> {
        let mut events = self.events();
        Box::new(move || events.next())
    }

    fn version(&self) -> String {
        self.greeting().version.as_ref().unwrap().to_string()
    }

    fn close(&self) {
        self.close();
    }
}

/// The tokio driver; all tests share a runtime.
#[derive(Clone)]
pub struct OnTokio(pub tokio::Client);

pub fn runtime() -> &'static ::tokio::runtime::Runtime {
    static RUNTIME: std::sync::OnceLock<::tokio::runtime::Runtime> = std::sync::OnceLock::new();
    RUNTIME.get_or_init(|| ::tokio::runtime::Runtime::new().unwrap())
}

impl Driver for OnTokio {
    fn connect_stream(stream: UnixStream, setup: Setup) -> Result<Self, Error> {
        stream.set_nonblocking(true).unwrap();
        runtime().block_on(async {
            let stream = ::tokio::net::UnixStream::from_std(stream).unwrap();
            let builder = setup.apply(tokio::Client::builder());
            builder.connect_stream(stream).await.map(Self)
        })
    }

    fn connect(address: &str, setup: Setup) -> Result<Self, Error> {
        let connect = setup.apply(tokio::Client::builder()).connect(address);
        runtime().block_on(connect).map(Self)
    }

    fn listen(address: &str, setup: Setup, ready: impl FnOnce(&str)) -> Result<Self, Error> {
        runtime().block_on(async {
            let builder = setup.apply(tokio::Client::builder());
            let listener = builder.listen(address).await?;
            ready(&listener.address());
            listener.accept().await.map(Self)
        })
    }

    fn spawn(command: &mut std::process::Command) -> Result<(Self, Reap), Error> {
        let (client, mut child) = runtime().block_on(tokio::Client::spawn(command))?;
        let reap = move || {
            child.kill().unwrap();
            let ended = runtime().block_on(child.wait(PATIENCE));
            ended.unwrap().expect("the child ends")
        };
        Ok((Self(client), Box::new(reap)))
    }

    fn execute<C: Command + Send>(&self, command: C) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        runtime().block_on(self.0.execute(command))
    }

    fn execute_with<C: Command + Send>(
        &self,
        command: C,
        deadline: impl Into<Deadline> + Send,
    ) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        runtime().block_on(self.0.execute_with(command, deadline))
    }

    fn execute_oob<C: Command + Send>(&self, command: C) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        runtime().block_on(self.0.execute_oob(command))
    }

    fn wait_for(
        &self,
        name: &'static str,
    ) -> Box<dyn FnOnce(Duration) -> Result<EventMessage<Event>, Error> + Send> {
        let wait = self.0.wait_for(move |event: &Event| event.name == name);
        Box::new(|duration| runtime().block_on(wait.within(duration)))
    }

    fn events(&self) -> Box<dyn FnMut() -> Next + Send> {
        let mut events = self.0.events();
        Box::new(move || runtime().block_on(events.next()))
    }

    fn version(&self) -> String {
        self.0.greeting().version.as_ref().unwrap().to_string()
    }

    fn close(&self) {
        self.0.close();
    }
}

/// Has a server do something while a client connects to it.
pub fn try_connect<D: Driver>(
    setup: Setup,
    serve: impl FnOnce(&mut Server) + Send,
) -> (Result<D, Error>, Server) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    let mut server = Server::new(theirs);
    let client = thread::scope(|scope| {
        let serve = scope.spawn(|| serve(&mut server));
        let client = D::connect_stream(ours, setup);
        serve.join().unwrap();
        client
    });
    (client, server)
}

/// A client and its server, ready for commands.
pub fn connected<D: Driver>(setup: Setup) -> (D, Server) {
    let (client, server) = try_connect(setup, |server| drop(server.negotiate()));
    (client.unwrap(), server)
}

/// Runs tests with both drivers.
#[macro_export]
macro_rules! with_both_drivers {
    ($($test:ident),* $(,)?) => {
        mod blocking {
            $(#[test] fn $test() { super::$test::<qapi_client::blocking::Client>(); })*
        }
        mod tokio {
            $(#[test] fn $test() { super::$test::<super::support::OnTokio>(); })*
        }
    };
}
