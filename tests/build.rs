//! Generates code from the project's own schema, and from those of the tests.

use qapi_codegen::Builder;

fn main() -> Result<(), qapi_codegen::Error> {
    for (schema, out) in [
        ("../schema/qapi-schema.json", "qapi.rs"),
        ("../schema/showcase.json", "showcase.rs"),
        ("schemas/values.json", "values.rs"),
        ("schemas/messages.json", "messages.rs"),
    ] {
        // Tests compare values.
        let builder = Builder::new(schema).derive("PartialEq");
        builder.generate()?.write_to_out_dir(out)?;
    }
    Builder::new("schemas/nested.json")
        .client("::qapi_client")
        .generate()?
        .write_to_out_dir("nested.rs")?;
    let mut mapped = Builder::new("schemas/builtins.json");
    for (name, path) in [
        ("str", "::compact_str::CompactString"),
        ("any", "crate::types::Any"),
        ("bool", "crate::types::Bool"),
        ("int", "crate::types::Int"),
        ("number", "crate::types::Float"),
        ("size", "crate::types::Bytes"),
    ] {
        mapped = mapped.extern_type(name, path);
    }
    mapped.generate()?.write_to_out_dir("mapped.rs")
}
