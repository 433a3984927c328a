//! The crate `qapi` with tokio.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::StreamExt as _;
use qapi::futures::{QapiService, QmpStreamTokio};
use qapi::qmp::{Event, query_status, stop};
use tokio::io::WriteHalf;
use tokio::net::UnixStream;
use tokio::sync::{Mutex, mpsc};

use crate::server::BURST;

pub(crate) struct Tokio {
    service: Arc<QapiService<QmpStreamTokio<WriteHalf<UnixStream>>>>,
    /// The events from a task that reads continuously; without it, no command is answered.
    events: Mutex<mpsc::UnboundedReceiver<Event>>,
}

impl Tokio {
    pub(crate) async fn connect(path: &str) -> Self {
        let stream = QmpStreamTokio::open_uds(path).await.expect("a connection");
        let stream = stream.negotiate().await.expect("a greeting");
        let (service, mut stream) = stream.into_parts();
        let (sender, events) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some(Ok(event)) = stream.next().await {
                if sender.send(event).is_err() {
                    break;
                }
            }
        });
        Self {
            service: Arc::new(service),
            events: Mutex::new(events),
        }
    }

    pub(crate) async fn round_trips(&self, at_once: usize, count: usize) -> Duration {
        let start = Instant::now();
        let tasks: Vec<_> = (0..at_once)
            .map(|_| {
                let service = self.service.clone();
                tokio::spawn(async move {
                    for _ in 0..count / at_once {
                        let status = service.execute(query_status {}).await;
                        assert!(status.expect("a status").running);
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.expect("a task");
        }
        start.elapsed()
    }

    pub(crate) async fn events(&self, bursts: usize) -> Duration {
        let mut events = self.events.lock().await;
        let start = Instant::now();
        for _ in 0..bursts {
            let service = self.service.clone();
            let stop = tokio::spawn(async move { service.execute(stop {}).await });
            for _ in 0..BURST {
                events.recv().await.expect("an event");
            }
            stop.await.expect("a task").expect("a reply");
        }
        start.elapsed()
    }
}
