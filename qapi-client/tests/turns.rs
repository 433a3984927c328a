//! The task of a tokio client lets the tasks that wait for events have their turn.
#![cfg(feature = "tokio")]

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use ::tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use qapi_client::tokio::Client;
use qapi_client::{Command, Empty, Events};
use serde::de::IgnoredAny;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// More than are queued.
const COUNT: usize = 20_000;

/// A server that greets, and has sent all its events once it receives a command.
struct Flood {
    unread: io::Cursor<Vec<u8>>,
    requests: usize,
    reader: Option<Waker>,
}

impl AsyncRead for Flood {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match io::Read::read(&mut self.unread, buffer.initialize_unfilled())? {
            0 => {
                self.reader = Some(context.waker().clone());
                Poll::Pending
            }
            length => {
                buffer.advance(length);
                Poll::Ready(Ok(()))
            }
        }
    }
}

impl AsyncWrite for Flood {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.requests += 1;
        let answer = match self.requests {
            1 => "{\"return\": {}, \"id\": 0}\n".to_owned(),
            _ => {
                let timestamp = "{\"seconds\": 0, \"microseconds\": 0}";
                format!("{{\"event\": \"TICK\", \"timestamp\": {timestamp}}}\n").repeat(COUNT)
            }
        };
        self.unread = io::Cursor::new(answer.into_bytes());
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

struct Cont;

impl Command for Cont {
    const NAME: &'static str = "cont";
    const HAS_ARGUMENTS: bool = false;
    type Return = Empty;
}

impl Serialize for Cont {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Empty::new().serialize(serializer)
    }
}

struct Any(String);

impl Events for Any {
    const NAMES: &'static [&'static str] = &[];

    fn read<'de, D: Deserializer<'de>>(
        _: usize,
        data: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        IgnoredAny::deserialize(data)?;
        *place = Some(Self(String::new()));
        Ok(())
    }

    fn unknown(name: String, _: Option<Value>) -> Self {
        Self(name)
    }

    fn name(&self) -> &str {
        &self.0
    }

    fn write<W: SerializeMap>(&self, _: &mut W) -> Result<(), W::Error> {
        Ok(())
    }
}

#[::tokio::test]
async fn a_listener_that_keeps_up_loses_no_events() {
    let flood = Flood {
        unread: io::Cursor::new(b"{\"QMP\": {}}\n".to_vec()),
        requests: 0,
        reader: None,
    };
    let client = Client::builder().connect_stream(flood).await.unwrap();
    let mut events = client.events::<Any>();
    ::tokio::spawn(async move { client.execute(Cont).await });
    for _ in 0..COUNT {
        assert_eq!(events.next().await.unwrap().unwrap().event.name(), "TICK");
    }
}
