//! The API for build scripts.

use std::borrow::Cow;
use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

use qapi_compat::merge::{self, Merged, Provenance};
use qapi_parser::{Loader, Schema};

use crate::error::Error;
use crate::lower::{Fault, Options};
use crate::render::{self, Layout};
use crate::{emit, lower, output};

/// Generates `$OUT_DIR/qapi.rs` from the schema with the root file at `schema`, and makes cargo rerun the build script
/// when a file of the schema changes.
///
/// # Errors
///
/// See [`Builder::generate`] and [`Bindings::write_to_out_dir`]. If a build script returns the error, cargo shows the
/// errors in the schema with their locations.
///
/// # Example
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), qapi_codegen::Error> {
///     qapi_codegen::compile("schema/qapi-schema.json")
/// }
/// ```
pub fn compile(schema: impl AsRef<Path>) -> Result<(), Error> {
    Builder::new(schema).generate()?.write_to_out_dir("qapi.rs")
}

/// Configures code generation.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), qapi_codegen::Error> {
///     qapi_codegen::Builder::new("../qemu/qapi/qapi-schema.json")
///         .config("CONFIG_SPICE", true)
///         .only(["VNC_CONNECTED", "query-status"])
///         .generate()?
///         .write_to_out_dir("qapi.rs")
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    schema: PathBuf,
    /// Other schemas that the types must fit.
    others: Vec<PathBuf>,
    options: Options,
    layout: Layout,
}

impl Builder {
    /// Creates a builder for the schema with the root file at `schema`. A relative path starts at the current
    /// directory, which is the directory of the package for a build script.
    pub fn new(schema: impl AsRef<Path>) -> Self {
        Self {
            schema: schema.as_ref().to_owned(),
            others: Vec::new(),
            options: Options::default(),
            layout: Layout::Pretty,
        }
    }

    /// Generates types that also fit the QEMU with the schema at `schema`. Can be called several times.
    ///
    /// Names, types and documentation come from the schema of [`Builder::new`]. The others add commands, events,
    /// members, values, branches and alternatives that it lacks. Documentation says which items are not available
    /// everywhere.
    ///
    /// A member that QEMU sends is an `Option` unless all schemas require it. For types that clients send, `new` takes
    /// the members that any schema requires. A member with different types gets a type that holds the values of all of
    /// them: the narrowest integer type that holds both, or `u64` if one of them is unsigned with 64 bits; `number`
    /// instead of an integer; an enum instead of a string, since enums keep unknown values; an alternate instead of one of its alternatives. A union
    /// that is a struct in another schema becomes a struct, unless that struct has the discriminator.
    ///
    /// ```no_run
    /// qapi_codegen::Builder::new("qemu-10.2/qapi/qapi-schema.json")
    ///     .compatible_with("qemu-7.2/qapi/qapi-schema.json")
    ///     .generate()?
    ///     .write_to_out_dir("qmp.rs")?;
    /// # Ok::<(), qapi_codegen::Error>(())
    /// ```
    pub fn compatible_with(mut self, schema: impl AsRef<Path>) -> Self {
        self.others.push(schema.as_ref().to_owned());
        self
    }

    /// Decides a condition: definitions and members that depend on it are generated unconditionally, or omitted.
    ///
    /// Definitions and members with undecided conditions are generated, and required members among them are `Option`s.
    pub fn config(mut self, name: impl Into<String>, value: bool) -> Self {
        self.options.config.insert(name.into(), value);
        self
    }

    /// Generates only these commands, events and types, and the types they need. Further calls add to the list.
    pub fn only<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        let only = self.options.only.get_or_insert_default();
        only.extend(names.into_iter().map(Into::into));
        self
    }

    /// Uses the type at `path` for the schema's type `name`, which is not generated and need not be defined in the
    /// schema. The generated file has an alias with the schema's name.
    ///
    /// Any path is possible: `crate::vnc::Info`, `::vnc::Info`, `Versioned<vnc::Info>`. A relative path starts at the
    /// module of the generated code.
    ///
    /// The type must have the wire format that the schema defines, and implement `Clone`, `Debug`, `Serialize` and
    /// `Deserialize`, as well as `PartialEq` if types that contain it derive that. It need not implement other traits
    /// of the standard library; see [`derive`](Self::derive).
    ///
    /// Built-in types can be replaced as well, everywhere they are used: in members, lists, alternates and return
    /// values. `new` and `with_…` then take `impl Into` of the type. Each name is mapped separately, so a type for
    /// `int` does not replace `int64`; names that the schema does not define, such as in `Unknown` variants, remain
    /// `String`s. Replacing `null` is an error. The type must deserialize from any deserializer of the JSON type:
    /// `visit_str` as well as `visit_borrowed_str` for `str`, `visit_u64` as well as `visit_i64` for integers, all of
    /// them for `any`. It must also handle the negative numbers that QEMU before 2.10 sends for `size` and `uint64`.
    ///
    /// ```no_run
    /// qapi_codegen::Builder::new("schema/qapi-schema.json")
    ///     .extern_type("str", "::compact_str::CompactString")
    ///     .extern_type("size", "crate::ByteSize")
    ///     .generate()?
    ///     .write_to_out_dir("qapi.rs")?;
    /// # Ok::<(), qapi_codegen::Error>(())
    /// ```
    pub fn extern_type(mut self, name: impl Into<String>, path: impl Into<String>) -> Self {
        self.options.extern_types.insert(name.into(), path.into());
        self
    }

    /// Uses the envelope of the crate at `path`, such as `::qapi_client`, instead of generating it:
    /// `Command`, `Execute`, `Response`, `EventMessage` and the other types that no schema defines.
    ///
    /// Code that is generated from several schemas, such as those of QEMU and of its guest agent, then has one trait
    /// `Command`, which the client executes. Generated code and client must be of the same version series, such as 0.1;
    /// if they are not, the compiler reports a single unresolved import.
    ///
    /// [`derive`](Self::derive) and [`attribute`](Self::attribute) do not affect the types of another crate, which
    /// implement `Clone`, `Debug`, `PartialEq`, and where possible `Eq` and `Hash`.
    pub fn client(mut self, path: impl Into<String>) -> Self {
        self.options.client = Some(path.into());
        self
    }

    /// Adds the derive macro at `path` to every type. The path must not start with `self` or `super`, since the
    /// types are in several modules.
    ///
    /// Without it, all types derive `Clone` and `Debug`, and structs without required members also `Default`. Enums of
    /// values implement `PartialEq`, `Eq` and `Hash` by their strings and, if one of the two is requested, `PartialOrd` and
    /// `Ord` in the order of the schema.
    ///
    /// A derive of the standard library, with or without its path, is omitted for types that cannot have it, and for
    /// those that contain such a type:
    ///
    /// | derive | not for |
    /// |---|---|
    /// | `Eq`, `Hash` | `number` |
    /// | `PartialOrd` | any JSON value; unions and alternates, which keep unknown parts as JSON |
    /// | `Ord` | the same, and `number` |
    /// | `Copy` | the same as for `PartialOrd`; strings, lists, enums, and recursive types |
    /// | `Default` | required members, unions, alternates, enums |
    ///
    /// [External types](Self::extern_type) are assumed to implement `PartialEq` and none of the others. A
    /// derive that requires others adds them: `Ord` adds `Eq`, `PartialOrd` and `PartialEq`.
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.options.extras.derives.push(path.into());
        self
    }

    /// Adds the derive macro at `path` to the type of the definition `name`.
    ///
    /// If the type cannot have that derive, [`generate`](Self::generate) returns an error with the reason and the path
    /// to the member that causes it. Types that it contains must have the derive as well. It is also an error if other
    /// options exclude the type.
    pub fn derive_for(mut self, name: impl Into<String>, path: impl Into<String>) -> Self {
        let extras = self.options.extras_for.entry(name.into()).or_default();
        extras.derives.push(path.into());
        self
    }

    /// Adds an attribute such as `#[must_use]` to every type.
    pub fn attribute(mut self, attribute: impl Into<String>) -> Self {
        self.options.extras.attributes.push(attribute.into());
        self
    }

    /// Adds an attribute to the type of the definition `name`. It is an error if other options exclude the type.
    pub fn attribute_for(mut self, name: impl Into<String>, attribute: impl Into<String>) -> Self {
        let extras = self.options.extras_for.entry(name.into()).or_default();
        extras.attributes.push(attribute.into());
        self
    }

    /// Sets whether to generate documentation from the schema. The default is `true`.
    pub fn docs(mut self, docs: bool) -> Self {
        self.options.docs = docs;
        self
    }

    /// Sets whether to format the code. The default is `true`.
    ///
    /// Without formatting, each item is on one line apart from its documentation.
    pub fn format(mut self, format: bool) -> Self {
        self.layout = match format {
            true => Layout::Pretty,
            false => Layout::Plain,
        };
        self
    }

    /// Reads the schema and generates code from it. Nothing is written or printed.
    ///
    /// # Errors
    ///
    /// [`Error::Schema`] if the schema cannot be read or is rejected, [`Error::Merge`] if no types fit all schemas,
    /// [`Error::Rust`] if two names have the same Rust identifier, [`Error::Option`] if an option does not fit the
    /// schema.
    pub fn generate(&self) -> Result<Bindings, Error> {
        let externs = self.options.extern_types.keys();
        let loader = externs.fold(Loader::new(), |loader, name| loader.extern_type(name));
        let load = |path: &PathBuf| loader.load(path).map_err(without_warnings);
        let mut schema = load(&self.schema)?;
        let others = self.others.iter().map(load);
        let others: Vec<Schema> = others.collect::<Result<_, Error>>()?;
        let schemas: Vec<&Schema> = std::iter::once(&schema).chain(&others).collect();
        let errors = self.options.check(&schemas);
        if !errors.is_empty() {
            return Err(Error::Option(errors));
        }
        let (mut options, mut availability) = (Cow::Borrowed(&self.options), None);
        let mut provenance = Provenance::default();
        if !others.is_empty() {
            let merged = self.merge(schema, others)?;
            options = Cow::Owned(self.options.clone().renamed(&merged.renamed));
            (schema, availability) = (merged.schema, Some(merged.availability));
            provenance = merged.provenance;
        }
        let file = lower::lower(&schema, availability.as_ref(), &provenance, &options).map_err(
            |fault| match fault {
                Fault::Schema(findings) => Error::Rust(schema.diagnostics(findings)),
                Fault::Options(errors) => Error::Option(errors),
            },
        )?;
        let text = render::render(&emit::emit(&file), &file.schema, self.layout)?;
        let files = schema.sources().iter();
        Ok(Bindings {
            text,
            files: files.map(|source| source.path().to_owned()).collect(),
        })
    }
}

impl Builder {
    fn merge(&self, first: Schema, others: Vec<Schema>) -> Result<Merged, Error> {
        let extern_types: Vec<&str> = self
            .options
            .extern_types
            .keys()
            .map(String::as_str)
            .collect();
        let options = merge::Options {
            only: self.options.only.as_ref(),
            extern_types: &extern_types,
        };
        merge::merge(first, others, options).map_err(Error::Merge)
    }
}

/// Users of an older schema cannot fix what it is warned about, and there may be hundreds of warnings.
fn without_warnings(error: qapi_parser::Error) -> Error {
    Error::Schema(match error {
        qapi_parser::Error::Rejected(findings) => qapi_parser::Error::Rejected(findings.errors()),
        other => other,
    })
}

/// Generated code. `Display` shows the text.
#[derive(Clone, Debug)]
pub struct Bindings {
    text: String,
    files: Vec<PathBuf>,
}

impl Bindings {
    /// Writes the code to a file in cargo's `OUT_DIR`, for `include!(concat!(env!("OUT_DIR"), "/…"))`, and prints the
    /// lines that make cargo rerun the build script when a file of the schema changes.
    ///
    /// # Errors
    ///
    /// [`Error::NoOutDir`] outside build scripts, [`Error::Unwritable`] if the file cannot be written.
    pub fn write_to_out_dir(&self, name: impl AsRef<Path>) -> Result<(), Error> {
        let dir = env::var_os("OUT_DIR").ok_or(Error::NoOutDir)?;
        self.write_to(Path::new(&dir).join(name))
    }

    /// Writes the code to the file at `path`, unless the file already has this text, and prints the lines that make
    /// cargo rerun a build script when a file of the schema changes.
    ///
    /// # Errors
    ///
    /// [`Error::Unwritable`] if the file cannot be written.
    pub fn write_to(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        output::write_if_changed(path, &self.text).map_err(|source| Error::Unwritable {
            path: path.to_owned(),
            source,
        })?;
        output::print_rerun_lines(&self.files);
        Ok(())
    }

    /// The files that the schema was read from, starting with the root.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }
}

impl fmt::Display for Bindings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
