//! One side of a comparison.

mod excerpt;
mod reply;
mod running;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use qapi_parser::{Definition, Kind, Loader, Schema, Span};
use serde::{Serialize, Serializer};

use excerpt::excerpt;
pub use reply::ReplyError;

/// A schema to compare, with the available facts about it.
#[derive(Debug)]
pub struct Side {
    pub(crate) name: String,
    pub(crate) schema: Schema,
    pub(crate) known: Known,
}

/// The facts in a side's schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// Facts that only the schema's source has: type names, widths of integers, conditions, and locations.
    pub(crate) source: bool,
    /// Features.
    pub(crate) features: bool,
}

/// A place in a schema file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    #[serde(serialize_with = "lossy")]
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The text of the line, without the white space around it. Of a line that is too long to show, the part around the
    /// place.
    pub text: String,
}

/// Writes a path that is not UTF-8 with replacement characters.
fn lossy<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&path.to_string_lossy())
}

impl From<Schema> for Side {
    fn from(schema: Schema) -> Self {
        let root = schema.sources().iter().next();
        Self {
            name: root.map_or(String::new(), |it| it.path().display().to_string()),
            schema,
            known: Known {
                source: true,
                features: true,
            },
        }
    }
}

impl Side {
    /// Loads the side `name`: the root file of a schema, a recorded reply of `query-qmp-schema`, or the address of a running
    /// QEMU, `unix:PATH` or `tcp:HOST:PORT`.
    ///
    /// Blocks until QEMU has answered: at most 10 seconds for the connection, and as many for the reply.
    ///
    /// # Errors
    ///
    /// [`SideError`] if the side cannot be read, or is none of these.
    ///
    /// # Example
    ///
    /// This example checks whether a running QEMU supports what a program uses:
    ///
    /// ```no_run
    /// use qapi_compat::{Diff, Question, Severity, Side};
    ///
    /// let built_for = Side::open("qemu-7.2/qapi/qapi-schema.json")?;
    /// let running = Side::open("unix:/run/qmp.sock")?;
    /// let diff = Diff::only(&built_for, &running, ["query-status", "device_add"])?;
    /// if diff.worst(Question::Wire) == Severity::Breaks {
    ///     eprintln!("This program needs QEMU 7.2 or a compatible one.");
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open(name: &str) -> Result<Self, SideError> {
        if !running::is_address(name) {
            return Self::load(name);
        }
        let reply = running::reply(name).map_err(|source| SideError::Unanswered {
            address: name.to_owned(),
            source,
        })?;
        Self::from_reply(name, reply.get()).map_err(|error| SideError::Reply {
            path: name.into(),
            error,
        })
    }

    /// Reads a side from a file: the root file of a schema, or a recorded reply of `query-qmp-schema`.
    ///
    /// # Errors
    ///
    /// [`SideError`] if the file cannot be read, or is neither.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, SideError> {
        let path = path.as_ref();
        let text = fs::read(path).map_err(|source| SideError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        if !is_json(&text) {
            let schema = Loader::new().load(path).map_err(SideError::Schema)?;
            return Ok(schema.into());
        }
        let name = path.display().to_string();
        let side = Self::from_reply(name, &String::from_utf8_lossy(&text));
        side.map_err(|error| SideError::Reply {
            path: path.to_owned(),
            error,
        })
    }

    /// Creates a side from QEMU's reply to `query-qmp-schema`, with or without the envelope `{"return": …}`. Reports refer
    /// to it as `name`.
    ///
    /// A reply has numbers instead of type names, calls every integer `int`, and has no conditions, documentation or
    /// locations. Differences that follow from this are not reported.
    ///
    /// # Errors
    ///
    /// [`ReplyError`] if the text is not such a reply.
    ///
    /// # Example
    ///
    /// This example checks whether a QEMU supports what a program uses:
    ///
    /// ```
    /// use qapi_compat::{Diff, Question, Severity, Side};
    /// use qapi_parser::Loader;
    ///
    /// let schema = "{ 'command': 'stop' }\n{ 'command': 'x-colo-lost-heartbeat' }";
    /// let built_for = Loader::new().read_with(|_| Ok(schema.into())).load("qapi-schema.json")?;
    /// let reply = r#"{"return": [
    ///     {"meta-type": "object", "name": "0", "members": []},
    ///     {"meta-type": "command", "name": "stop", "arg-type": "0", "ret-type": "0"}
    /// ]}"#;
    /// let running = Side::from_reply("this QEMU", reply)?;
    /// let diff = Diff::only(&built_for.into(), &running, ["stop"])?;
    /// assert_eq!(diff.worst(Question::Wire), Severity::Fine);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_reply(name: impl Into<String>, reply: &str) -> Result<Self, ReplyError> {
        let (schema, features) = reply::read(reply)?;
        Ok(Self {
            name: name.into(),
            schema,
            known: Known {
                source: false,
                features,
            },
        })
    }

    /// The name by which reports refer to the side: the path of the schema, the address of a running QEMU, or the name that
    /// [`from_reply`](Self::from_reply) was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The schema.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    pub(crate) fn place(&self, span: Option<Span>) -> Option<Place> {
        let span = span.filter(|_| self.known.source)?;
        let sources = self.schema.sources();
        let position = sources.position(span);
        let source = sources.get(span.source);
        Some(Place {
            path: source.path().to_owned(),
            line: position.line,
            column: position.column,
            text: excerpt(source.line(position.line), position.column),
        })
    }

    /// The definitions that are written down, of one kind.
    pub(crate) fn written(&self, is: fn(&Kind) -> bool) -> impl Iterator<Item = &Definition> {
        let definitions = self.schema.definitions().map(|(_, it)| it);
        definitions.filter(move |it| !it.is_implicit && is(&it.kind))
    }
}

/// Whether a file is JSON rather than a schema, whose strings have single quotes.
fn is_json(text: &[u8]) -> bool {
    let mut text = text.iter().filter(|byte| !byte.is_ascii_whitespace());
    let first = (text.next(), text.next());
    matches!(first, (Some(b'['), _) | (Some(b'{'), Some(b'"')))
}

/// An error of loading a side.
#[derive(Debug)]
pub enum SideError {
    /// A file could not be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// Querying QEMU failed.
    Unanswered {
        /// Its address.
        address: String,
        /// The error of the client.
        source: qapi_client::Error,
    },
    /// The schema has errors.
    Schema(qapi_parser::Error),
    /// The file is JSON, but not a reply of `query-qmp-schema`.
    Reply {
        /// The file.
        path: PathBuf,
        /// The reason.
        error: ReplyError,
    },
}

impl fmt::Display for SideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, source } => {
                write!(
                    f,
                    "{}: error: cannot read the file: {source}",
                    path.display()
                )
            }
            Self::Unanswered { address, source } => {
                write!(
                    f,
                    "{address}: error: cannot ask QEMU for its schema: {source}"
                )
            }
            Self::Schema(error) => error.fmt(f),
            Self::Reply { path, error } => write!(f, "{}: error: {error}", path.display()),
        }
    }
}

impl std::error::Error for SideError {}
