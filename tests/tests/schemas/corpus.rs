//! The schemas of QEMU's releases, which are not in the repository.

use integration_tests::releases;
use qapi_parser::{Kind, Loader};

#[test]
fn every_release_is_accepted() {
    for release in releases().into_iter().flatten() {
        // QEMU and the guest agent at least.
        assert!(release.schemas.len() >= 2, "{}", release.name);
        for path in &release.schemas {
            match Loader::new().load(path) {
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
}
