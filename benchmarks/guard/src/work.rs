//! One piece of work a name, small enough to be run in an emulator.

use std::collections::HashMap;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use qapi_codegen::Builder;
use qapi_parser::Loader;

use crate::messages::{DEVICE, DEVICES, EVENTS};
use crate::{qapi, showcase};

/// The number of repetitions of short work, so that it takes more than a few thousand instructions.
const REPEATS: usize = 100;

/// Prepares, and does the rest within [`measured`].
pub type Work = fn() -> Result<()>;

/// All work, by name.
pub const ALL: &[(&str, Work)] = &[
    ("parse", parse),
    ("generate", generate),
    ("decode-events", decode_events),
    ("decode-unions", decode_unions),
    ("encode-command", encode_command),
];

/// The work of this name.
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

/// A synthetic schema of QMP's size, in memory.
fn parse() -> Result<()> {
    let files: HashMap<PathBuf, String> = synthetic::schema(1)
        .map(|(name, text)| (name.into(), text))
        .collect();
    let read = |path: &Path| {
        let text = files.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(text.clone().into_bytes())
    };
    let loader = Loader::new().read_with(read);
    measured(&mut || {
        black_box(loader.load(synthetic::ROOT)?);
        Ok(())
    })
}

/// The schemas that ship: many definitions, and every kind of them.
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
