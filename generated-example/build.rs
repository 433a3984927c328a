//! Generates the types of the events, and those of a program that hot-plugs a device, from the schemas. The types of
//! messages, such as `EventMessage`, are those of the client.

use qapi_codegen::Builder;

fn main() -> Result<(), qapi_codegen::Error> {
    Builder::new("../schema/qapi-schema.json")
        .client("::qapi_client")
        .generate()?
        .write_to_out_dir("qapi.rs")?;
    Builder::new("../schema/hot-plug.json")
        .client("::qapi_client")
        .generate()?
        .write_to_out_dir("hot_plug.rs")
}
