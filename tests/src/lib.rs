//! Shared by the tests of this package: generated code, and access to QEMU's own schemas.

use std::env;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

pub mod qapi {
    //! The events of the project's own schema.
    include!(concat!(env!("OUT_DIR"), "/qapi.rs"));
}

pub mod values {
    //! Features that the events of the project's own schema do not use.
    include!(concat!(env!("OUT_DIR"), "/values.rs"));
}

#[allow(missing_docs)]
pub mod messages {
    //! Messages that differ from a literal reading of the schema.
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// The workspace.
pub fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// A path in the folder with QEMU's own schemas: `../shared`, or the value of `QAPI_SHARED`.
///
/// `None` if it is missing, after a message. In CI, this is a failure.
pub fn shared(what: &str) -> Option<PathBuf> {
    let shared = match env::var_os("QAPI_SHARED") {
        Some(shared) => shared.into(),
        None => root().join("../shared"),
    };
    let path = shared.join(what);
    match path.exists() {
        true => Some(path),
        false => {
            skip(&format!(
                "{} is absent; QAPI_SHARED can name another folder",
                shared.display()
            ));
            None
        }
    }
}

/// The schemas of a release: of QEMU (the second path up to 2.11), of its guest agent, of its storage daemon.
const ROOTS: [&str; 4] = [
    "qapi/qapi-schema.json",
    "qapi-schema.json",
    "qga/qapi-schema.json",
    "storage-daemon/qapi/qapi-schema.json",
];

/// A release of QEMU with its schemas.
pub struct Release {
    /// Its name, such as `qemu-10.0.13`.
    pub name: String,
    /// The numbers in its name.
    pub version: Vec<u32>,
    /// The folder of its schemas.
    pub folder: PathBuf,
    /// The roots of its schemas, QEMU's own first.
    pub schemas: Vec<PathBuf>,
}

/// The available releases of QEMU, oldest first; `None` as for [`shared`].
pub fn releases() -> Option<Vec<Release>> {
    let folders = fs::read_dir(shared("corpus")?).expect("the corpus can be read");
    let release = |folder: PathBuf| {
        let name = folder.file_name()?.to_str()?.to_owned();
        let numbers = name.split(|c: char| !c.is_ascii_digit());
        let version = numbers.filter_map(|number| number.parse().ok()).collect();
        let schemas = ROOTS.map(|root| folder.join(root)).into_iter();
        let schemas: Vec<_> = schemas.filter(|root| root.is_file()).collect();
        (!schemas.is_empty()).then_some(Release {
            name,
            version,
            folder,
            schemas,
        })
    };
    let folders = folders.map(|folder| folder.expect("the corpus can be read").path());
    let mut releases: Vec<_> = folders.filter_map(release).collect();
    releases.sort_by(|one, other| one.version.cmp(&other.version));
    assert!(!releases.is_empty(), "the corpus has no releases");
    Some(releases)
}

/// The schemas of the release that an installed program is from; `None` if one is missing, after a message as for [`shared`].
///
/// `program` prints its version when it is called with `--version`; `variable` is the environment variable that names it.
pub fn release_of(program: &Path, variable: &str) -> Option<Release> {
    let releases = releases()?;
    let output = match Command::new(program).arg("--version").output() {
        Ok(output) => output,
        Err(error) => {
            let program = program.display();
            skip(&format!("{program}: {error}; {variable} can name another"));
            return None;
        }
    };
    let output = String::from_utf8_lossy(&output.stdout);
    let numbers = |word: &str| -> Option<[u32; 2]> {
        let mut numbers = word.split('.').map_while(|number| number.parse().ok());
        Some([numbers.next()?, numbers.next()?])
    };
    let release = output
        .split_whitespace()
        .find_map(numbers)
        .and_then(|version| {
            let mut releases = releases.into_iter();
            releases.find(|it| it.version.starts_with(&version))
        });
    if release.is_none() {
        let version = output.lines().next().unwrap_or_default();
        let program = program.display();
        skip(&format!("{program}: no schemas of {version}"));
    }
    release
}

/// The commands in generated code: their names on the wire and in Rust.
pub fn commands(code: &str) -> impl Iterator<Item = (&str, &str)> {
    let impls = code.split("impl Command for commands::").skip(1);
    impls.filter_map(|text| {
        let (ident, rest) = text.split_once(" {")?;
        let (_, rest) = rest.split_once("const NAME: &'static str = \"")?;
        let (name, _) = rest.split_once('"')?;
        Some((name, ident))
    })
}

/// Runs a program with this standard input, all of which it must read, and returns its standard output.
pub fn run_with_input(program: &Path, text: String) -> String {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("a pipe");
    // In a thread, since the program may write before it has read everything.
    let writer = thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads all");
    String::from_utf8(output.stdout).expect("text")
}

/// Reports that a test is skipped, which is a failure in CI.
pub fn skip(reason: &str) {
    let test = thread::current().name().unwrap_or("a test").to_owned();
    let is_ci = env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(!is_ci, "{reason}");
    // Not `eprintln!`, because the test harness captures its output.
    let _ = io::stderr().write_all(format!("\nSKIPPED: {test}: {reason}\n\n").as_bytes());
}
