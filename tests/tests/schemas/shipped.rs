//! The project's own schema.

use integration_tests::root;
use qapi_parser::{Loader, Mode};

#[test]
fn the_schema_is_accepted_without_warnings_in_both_modes() {
    for mode in [Mode::Strict, Mode::Lenient] {
        for schema in ["schema/qapi-schema.json", "tests/schemas/values.json"] {
            let loaded = Loader::new().mode(mode).load(root().join(schema));
            let schema = loaded.expect("it is accepted");
            assert!(schema.warnings().is_empty(), "{}", schema.warnings());
        }
    }
}
