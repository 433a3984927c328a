//! The two drivers behind one trait, so that every test runs with both.

use std::os::unix::net::UnixStream;
use std::time::Duration;

use qapi_client::{Builder, Capability, Command, Deadline, Error, EventMessage, blocking, tokio};

use super::PATIENCE;
use super::commands::Event;

/// Settings that differ from the defaults.
#[derive(Clone, Copy, Default)]
pub struct Setup {
    pub connect_timeout: Option<Duration>,
    pub wait_for_socket: bool,
    pub events_from_start: bool,
    pub oob: bool,
    pub max_message_len: Option<usize>,
    pub max_depth: Option<usize>,
}

impl Setup {
    fn apply<D>(self, mut builder: Builder<D>) -> Builder<D> {
        builder = builder
            .connect_timeout(self.connect_timeout.unwrap_or(PATIENCE))
            .command_timeout(PATIENCE)
            .wait_for_socket(self.wait_for_socket)
            .events_from_start(self.events_from_start);
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
    /// Starts a child, and returns a handle that kills it and waits for its exit.
    fn spawn(command: &mut std::process::Command) -> Result<(Self, Reap), Error>;
    fn execute<C: Command<Return: Send> + Send>(&self, command: C) -> Result<C::Return, Error>;
    fn execute_with<C: Command<Return: Send> + Send>(
        &self,
        command: C,
        deadline: impl Into<Deadline> + Send,
    ) -> Result<C::Return, Error>;
    fn execute_oob<C: Command<Return: Send> + Send>(&self, command: C) -> Result<C::Return, Error>;
    /// Waits for the event with a name.
    fn wait_for(
        &self,
        name: &'static str,
    ) -> Box<dyn FnOnce(Duration) -> Result<EventMessage<Event>, Error> + Send>;
    fn events(&self) -> Box<dyn FnMut() -> Next + Send>;
    fn version(&self) -> String;
    fn close(&self);
}

/// Kills a child and waits for its exit.
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

    fn execute<C: Command<Return: Send> + Send>(&self, command: C) -> Result<C::Return, Error> {
        self.execute(command)
    }

    fn execute_with<C: Command<Return: Send> + Send>(
        &self,
        command: C,
        deadline: impl Into<Deadline> + Send,
    ) -> Result<C::Return, Error> {
        self.execute_with(command, deadline)
    }

    fn execute_oob<C: Command<Return: Send> + Send>(&self, command: C) -> Result<C::Return, Error> {
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
        Box::new(move || events.next_within(PATIENCE))
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

    fn execute<C: Command<Return: Send> + Send>(&self, command: C) -> Result<C::Return, Error> {
        runtime().block_on(self.0.execute(command))
    }

    fn execute_with<C: Command<Return: Send> + Send>(
        &self,
        command: C,
        deadline: impl Into<Deadline> + Send,
    ) -> Result<C::Return, Error> {
        runtime().block_on(self.0.execute_with(command, deadline))
    }

    fn execute_oob<C: Command<Return: Send> + Send>(&self, command: C) -> Result<C::Return, Error> {
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
        Box::new(move || runtime().block_on(events.next_within(PATIENCE)))
    }

    fn version(&self) -> String {
        self.0.greeting().version.as_ref().unwrap().to_string()
    }

    fn close(&self) {
        self.0.close();
    }
}
