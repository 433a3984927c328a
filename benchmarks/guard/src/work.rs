//! Pieces of work with their names, small enough to run in an emulator.

use std::collections::HashMap;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use qapi_client::core::{Band, Request, Session};
use qapi_codegen::Builder;
use qapi_compat::merge::Options;
use qapi_compat::{Diff, Side};
use qapi_parser::{Loader, Schema};

use crate::messages::{DEVICE, DEVICES, EVENTS};
use crate::{qapi, showcase};

/// The number of repetitions of short work, so that it takes more than a few thousand instructions.
const REPEATS: usize = 100;

/// A function that prepares the work, and does it within [`measured`].
pub type Work = fn() -> Result<()>;

/// All work, by name.
pub const ALL: &[(&str, Work)] = &[
    ("parse", parse),
    ("generate", generate),
    ("diff", diff),
    ("merge", merge),
    ("decode-events", decode_events),
    ("decode-unions", decode_unions),
    ("encode-command", encode_command),
    ("client", client),
];

/// The work with this name.
pub fn find(name: &str) -> Option<Work> {
    ALL.iter()
        .find(|(other, _)| *other == name)
        .map(|(_, work)| *work)
}

/// Runs the counted work. Counting starts and ends with this function, which callgrind finds by its name.
#[inline(never)]
pub fn measured(work: &mut dyn FnMut() -> Result<()>) -> Result<()> {
    black_box(work())
}

/// Loads schemas that are in memory.
fn loader(files: impl Iterator<Item = (String, String)>) -> Loader<'static> {
    let files: HashMap<PathBuf, String> = files.map(|(name, text)| (name.into(), text)).collect();
    Loader::new().read_with(move |path| {
        let text = files.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(text.clone().into_bytes())
    })
}

/// A synthetic schema of QMP's size.
fn parse() -> Result<()> {
    let loader = loader(synthetic::schema(1));
    measured(&mut || {
        black_box(loader.load(synthetic::ROOT)?);
        Ok(())
    })
}

/// The same schema and its successor.
fn two_schemas() -> Result<(Schema, Schema)> {
    let old = loader(synthetic::schema(1)).load(synthetic::ROOT)?;
    let new = loader(synthetic::successor(1)).load(synthetic::ROOT)?;
    Ok((old, new))
}

fn diff() -> Result<()> {
    let (old, new) = two_schemas()?;
    let (old, new) = (Side::from(old), Side::from(new));
    measured(&mut || {
        black_box(Diff::new(&old, &new));
        Ok(())
    })
}

fn merge() -> Result<()> {
    let mut schemas = Some(two_schemas()?);
    measured(&mut || {
        if let Some((first, other)) = schemas.take() {
            black_box(qapi_compat::merge::merge(
                first,
                vec![other],
                Options::default(),
            )?);
        }
        Ok(())
    })
}

/// The project's own schemas, which have many definitions of every kind.
fn generate() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema");
    measured(&mut || {
        for schema in ["qapi-schema.json", "showcase.json"] {
            black_box(Builder::new(folder.join(schema)).generate()?);
        }
        Ok(())
    })
}

fn decode_events() -> Result<()> {
    measured(&mut || {
        for line in EVENTS.lines() {
            black_box(serde_json::from_str::<qapi::EventMessage>(line)?);
        }
        Ok(())
    })
}

fn decode_unions() -> Result<()> {
    measured(&mut || {
        for _ in 0..REPEATS {
            black_box(serde_json::from_str::<
                showcase::Response<Vec<showcase::Device>>,
            >(DEVICES)?);
        }
        Ok(())
    })
}

fn encode_command() -> Result<()> {
    let command: showcase::commands::AddDevice = serde_json::from_str(DEVICE)?;
    let message = showcase::Execute::new(command);
    measured(&mut || {
        for _ in 0..REPEATS {
            black_box(serde_json::to_string(&message)?);
        }
        Ok(())
    })
}

/// The protocol of one connection, without I/O: commands with an event before each response.
fn client() -> Result<()> {
    let mut session = Session::<()>::qmp([]);
    session.receive(b"{\"QMP\": {\"version\": {}, \"capabilities\": []}}\r\n");
    while session.next_incoming()?.is_some() {}
    black_box(session.next_outgoing());
    session.receive(b"{\"return\": {}, \"id\": 0}\r\n");
    while session.next_incoming()?.is_some() {}
    let event = EVENTS.lines().next().unwrap_or_default();
    measured(&mut || {
        for id in 1..=REPEATS as u64 {
            let bytes = format!("{{\"execute\":\"query-status\",\"id\":{id}}}\n");
            session.submit(Request::new(id, Band::In, bytes.into_bytes(), ()));
            black_box(session.next_outgoing());
            session.receive(
                format!("{event}\r\n{{\"return\": {{\"running\": true}}, \"id\": {id}}}\r\n")
                    .as_bytes(),
            );
            while let Some(incoming) = session.next_incoming()? {
                black_box(incoming);
            }
        }
        Ok(())
    })
}
