//! The client of this project, with either driver.

use std::thread;
use std::time::{Duration, Instant};

use qapi_client::{blocking, tokio};

use crate::qmp::Event;
use crate::qmp::commands::{QueryStatus, Stop};
use crate::server::BURST;

pub(crate) struct Tokio(tokio::Client);

impl Tokio {
    pub(crate) async fn connect(path: &str) -> Self {
        let client = tokio::Client::connect(&format!("unix:{path}")).await;
        Self(client.expect("a connection"))
    }

    pub(crate) async fn round_trips(&self, at_once: usize, count: usize) -> Duration {
        let start = Instant::now();
        let tasks: Vec<_> = (0..at_once)
            .map(|_| {
                let client = self.0.clone();
                ::tokio::spawn(async move {
                    for _ in 0..count / at_once {
                        let status = client.execute(QueryStatus::new()).await;
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
        let start = Instant::now();
        let mut events = self.0.events::<Event>();
        for _ in 0..bursts {
            let client = self.0.clone();
            let stop = ::tokio::spawn(async move { client.execute(Stop::new()).await });
            for _ in 0..BURST {
                events.next().await.expect("an event").expect("an event");
            }
            stop.await.expect("a task").expect("a reply");
        }
        start.elapsed()
    }
}

pub(crate) struct Blocking(blocking::Client);

impl Blocking {
    pub(crate) fn connect(path: &str) -> Self {
        let client = blocking::Client::connect(&format!("unix:{path}"));
        Self(client.expect("a connection"))
    }

    pub(crate) fn round_trips(&self, at_once: usize, count: usize) -> Duration {
        let start = Instant::now();
        thread::scope(|scope| {
            for _ in 0..at_once {
                scope.spawn(|| {
                    for _ in 0..count / at_once {
                        let status = self.0.execute(QueryStatus::new());
                        assert!(status.expect("a status").running);
                    }
                });
            }
        });
        start.elapsed()
    }

    pub(crate) fn events(&self, bursts: usize) -> Duration {
        let start = Instant::now();
        let mut events = self.0.events::<Event>();
        for _ in 0..bursts {
            self.0.execute(Stop::new()).expect("a reply");
            for _ in 0..BURST {
                events.next().expect("an event").expect("an event");
            }
        }
        start.elapsed()
    }
}
