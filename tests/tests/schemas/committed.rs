//! The generated files in the repository.

use std::fs;

use integration_tests::root;
use qapi_codegen::Builder;

#[test]
fn the_committed_output_is_what_the_schema_gives() {
    let schema = root().join("schema/qapi-schema.json");
    let generated = Builder::new(&schema)
        .generate()
        .expect("it is a good schema")
        .to_string();
    let path = root().join("generated-example/generated/qapi.rs");
    let committed = fs::read_to_string(&path).expect("it is committed");
    let differs = committed
        .lines()
        .zip(generated.lines())
        .position(|(old, new)| old != new);
    assert!(
        committed == generated,
        "{} is stale, first in line {}: run `cargo xtask regen`, and look at what changed before you commit it",
        path.display(),
        differs.unwrap_or(committed.lines().count()) + 1,
    );
    let again = Builder::new(&schema)
        .generate()
        .expect("it is a good schema");
    assert_eq!(again.to_string(), generated, "every run gives the same");
}
