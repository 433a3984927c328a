//! Generates the types of the events from the schema.

fn main() -> Result<(), qapi_codegen::Error> {
    qapi_codegen::Builder::new("../schema/qapi-schema.json")
        .generate()?
        .write_to_out_dir("qapi.rs")
}
