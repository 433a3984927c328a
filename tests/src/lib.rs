//! What the tests of this package share: generated code, and the folder beside the project.

use std::env;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

pub mod qapi {
    //! The events that the project ships.
    include!(concat!(env!("OUT_DIR"), "/qapi.rs"));
}

pub mod values {
    //! What the events that the project ships do not have.
    include!(concat!(env!("OUT_DIR"), "/values.rs"));
}

#[allow(missing_docs)]
pub mod messages {
    //! Messages that are not as the schema says at first sight.
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// The workspace.
pub fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// Something in the folder with QEMU's own schemas, which is `shared` beside the project or what `QAPI_SHARED` names.
///
/// `None` where it is absent, which only a developer's machine may have so; then whoever runs the tests is told.
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

/// A release of QEMU among those that stand beside the project.
pub struct Release {
    /// Such as `qemu-10.0.13`.
    pub name: String,
    /// The numbers in its name.
    pub version: Vec<u32>,
    /// The roots of its schemas, QEMU's own first.
    pub schemas: Vec<PathBuf>,
}

/// The releases of QEMU that stand beside the project, oldest first; `None` as for [`shared`].
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
            schemas,
        })
    };
    let folders = folders.map(|folder| folder.expect("the corpus can be read").path());
    let mut releases: Vec<_> = folders.filter_map(release).collect();
    releases.sort_by(|one, other| one.version.cmp(&other.version));
    assert!(!releases.is_empty(), "the corpus has no releases");
    Some(releases)
}

/// Says loudly that a test is skipped; in CI that is a failure.
pub fn skip(reason: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let is_ci = env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(!is_ci, "{reason}");
    // Not by a macro, whose output the test harness keeps to itself.
    let _ = io::stderr().write_all(format!("\nSKIPPED: {test}: {reason}\n\n").as_bytes());
}
