//! What the tests of this package share: generated code, and the folder beside the project.

use std::env;
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

/// Says loudly that a test is skipped; in CI that is a failure.
pub fn skip(reason: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let is_ci = env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(!is_ci, "{reason}");
    // Not by a macro, whose output the test harness keeps to itself.
    let _ = io::stderr().write_all(format!("\nSKIPPED: {test}: {reason}\n\n").as_bytes());
}
