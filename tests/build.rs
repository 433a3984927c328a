//! Generates code from the schema that the project ships, and from one that has what the former lacks.

use qapi_codegen::Builder;

fn main() -> Result<(), qapi_codegen::Error> {
    for (schema, out) in [
        ("../schema/qapi-schema.json", "qapi.rs"),
        ("schemas/values.json", "values.rs"),
        ("schemas/messages.json", "messages.rs"),
    ] {
        Builder::new(schema).generate()?.write_to_out_dir(out)?;
    }
    Ok(())
}
