//! `qapi generate`.

use std::fs;
use std::io;
use std::path::PathBuf;

use qapi_cli::terminal::{print, report, show};
use qapi_codegen::{Builder, Error, OptionError};

use crate::refused::refused;
use crate::status::{FAILED, REJECTED};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The root file of the schema.
    file: PathBuf,
    /// Write the code to this file instead of standard output.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Generate types that also fit the QEMU with this schema; can be repeated.
    #[arg(long, value_name = "FILE")]
    compatible_with: Vec<PathBuf>,
    /// Set a condition to true, or to false with NAME=false. Definitions and members with undecided conditions are
    /// generated, and such members are optional.
    #[arg(long, value_name = "NAME[=false]", value_parser = config)]
    config: Vec<(String, bool)>,
    /// Generate only this command, event or type, and the types it needs.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,
    /// Use the Rust type at PATH for the schema's type NAME.
    #[arg(long, value_name = "NAME=PATH", value_parser = pair)]
    extern_type: Vec<(String, String)>,
    /// Use the envelope types of the crate at PATH, such as ::qapi_client, instead of generating them.
    #[arg(long, value_name = "PATH")]
    client: Option<String>,
    /// Derive this macro for every type.
    #[arg(long, value_name = "PATH")]
    derive: Vec<String>,
    /// Derive the macro at PATH for the type of the schema's NAME.
    #[arg(long, value_name = "NAME=PATH", value_parser = pair)]
    derive_for: Vec<(String, String)>,
    /// Add this attribute, such as `#[must_use]`, to every type.
    #[arg(long, value_name = "ATTRIBUTE")]
    attribute: Vec<String>,
    /// Add an attribute to the type of the schema's NAME.
    #[arg(long, value_name = "NAME=ATTRIBUTE", value_parser = pair)]
    attribute_for: Vec<(String, String)>,
    /// Omit the documentation.
    #[arg(long)]
    no_docs: bool,
    /// Skip formatting of the code, which is faster.
    #[arg(long)]
    no_format: bool,
}

/// `NAME`, `NAME=true` or `NAME=false`.
fn config(text: &str) -> Result<(String, bool), String> {
    match text.split_once('=') {
        None => Ok((text.to_owned(), true)),
        Some((name, "true")) => Ok((name.to_owned(), true)),
        Some((name, "false")) => Ok((name.to_owned(), false)),
        Some((_, value)) => Err(format!("expected 'true' or 'false', found '{value}'")),
    }
}

fn pair(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err("expected a name, '=' and a value"),
    }
}

/// Generates the code, and returns the exit status.
pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    let bindings = match builder(arguments).generate() {
        Ok(bindings) => bindings,
        Err(error) => return Ok(failed(error)),
    };
    let code = bindings.to_string();
    match &arguments.output {
        None => print(code.trim_end())?,
        Some(path) => {
            if let Err(source) = fs::write(path, code) {
                let path = path.clone();
                report(Error::Unwritable { path, source });
                return Ok(FAILED);
            }
        }
    }
    Ok(0)
}

fn builder(arguments: &Arguments) -> Builder {
    let mut builder = Builder::new(&arguments.file)
        .docs(!arguments.no_docs)
        .format(!arguments.no_format);
    for schema in &arguments.compatible_with {
        builder = builder.compatible_with(schema);
    }
    for (name, value) in &arguments.config {
        builder = builder.config(name, *value);
    }
    if !arguments.only.is_empty() {
        builder = builder.only(&arguments.only);
    }
    for (name, path) in &arguments.extern_type {
        builder = builder.extern_type(name, path);
    }
    if let Some(path) = &arguments.client {
        builder = builder.client(path);
    }
    for path in &arguments.derive {
        builder = builder.derive(path);
    }
    for (name, path) in &arguments.derive_for {
        builder = builder.derive_for(name, path);
    }
    for attribute in &arguments.attribute {
        builder = builder.attribute(attribute);
    }
    for (name, attribute) in &arguments.attribute_for {
        builder = builder.attribute_for(name, attribute);
    }
    builder
}

/// Reports why no code was generated, and returns the exit status.
fn failed(error: Error) -> u8 {
    match error {
        Error::Schema(error) => refused(&error),
        Error::Rust(findings) | Error::Merge(findings) => {
            show(&findings.report());
            REJECTED
        }
        Error::Option(errors) => {
            errors.iter().for_each(|error| report(option(error)));
            FAILED
        }
        other => {
            report(other);
            FAILED
        }
    }
}

/// Describes an error in an option, which is named after the method of the builder.
fn option(error: &OptionError) -> String {
    let name = error.method().replace('_', "-");
    let value = match (error.method(), &error.arguments()[..]) {
        // A condition is true unless the value is given.
        ("config", [condition, value]) if value == "true" => condition.to_owned(),
        (_, arguments) => arguments.join("="),
    };
    format!("error: --{name} {value}: {}", error.explanation())
}
