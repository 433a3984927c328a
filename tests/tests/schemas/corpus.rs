//! The schemas of QEMU's releases, which are not in the project but beside it.

use std::fs;
use std::path::{Path, PathBuf};

use integration_tests::shared;
use qapi_parser::{Kind, Loader};

/// The schemas of a release: of QEMU, of its guest agent, of its storage daemon.
const ROOTS: [&str; 4] = [
    "qapi-schema.json",
    "qapi/qapi-schema.json",
    "qga/qapi-schema.json",
    "storage-daemon/qapi/qapi-schema.json",
];

fn schemas(corpus: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(corpus).expect("the corpus can be read");
    let releases = entries.map(|entry| entry.expect("the corpus can be read").path());
    let roots = releases.flat_map(|release| ROOTS.map(|root| release.join(root)));
    let mut schemas: Vec<_> = roots.filter(|root| root.is_file()).collect();
    schemas.sort();
    schemas
}

#[test]
fn every_release_is_accepted() {
    let Some(corpus) = shared("corpus") else {
        return;
    };
    let schemas = schemas(&corpus);
    // Nine releases, each with QEMU and guest agent, the last five with a storage daemon.
    assert!(schemas.len() >= 9 * 2 + 5, "{schemas:#?}");
    for path in schemas {
        match Loader::new().load(&path) {
            Ok(schema) => {
                let commands = schema
                    .definitions()
                    .filter(|(_, d)| matches!(d.kind, Kind::Command(_)));
                assert!(commands.count() > 20, "{}", path.display());
            }
            Err(error) => panic!("{}:\n{error}", path.display()),
        }
    }
}
