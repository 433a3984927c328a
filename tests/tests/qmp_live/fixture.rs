//! Builds the program in `live/` with code generated from QEMU's schemas.

use std::collections::HashMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use integration_tests::{Release, commands, root};
use qapi_codegen::Builder;
use qapi_parser::{Kind, Loader, Schema};

use crate::process::Process;

/// Commands without required arguments that must not be executed on a shared host.
const KEPT_AWAY: [&str; 4] = [
    "guest-fsfreeze-freeze",
    "guest-fsfreeze-freeze-list",
    "guest-fsfreeze-thaw",
    "guest-fstrim",
];

/// The time limit of cargo.
const PATIENCE: Duration = Duration::from_secs(900);

/// Builds the program with types of the release that it is written for, which fit the release of the server as well, and
/// returns its path.
///
/// It is a separate package, which is kept from one run to the next.
pub(crate) fn build(written_for: &Release, server: &Release) -> PathBuf {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("live")
        .join(&server.name);
    fs::create_dir_all(package.join("generated")).expect("a folder for the package");
    write(&package.join("generated/lib.rs"), LIBRARY);
    for (module, schema) in [("qmp", "qapi"), ("qga", "qga")] {
        let root = |release: &Release| release.folder.join(schema).join("qapi-schema.json");
        let mut builder = Builder::new(root(written_for)).client("::qapi_client");
        if server.name != written_for.name {
            builder = builder.compatible_with(root(server));
        }
        let code = builder.generate().unwrap_or_else(|error| panic!("{error}"));
        let code = code.to_string();
        let schema = Loader::new().load(root(server)).expect("a schema");
        let queries = queries(&schema, &code);
        write(&package.join(format!("generated/{module}.rs")), &code);
        write(
            &package.join(format!("generated/{module}_queries.rs")),
            &queries,
        );
    }
    write(&package.join("Cargo.toml"), &manifest());
    // The same versions as this workspace; cargo removes unneeded entries.
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("a lock file");
    compile(&package)
}

const LIBRARY: &str = "\
//! Code generated from QEMU's schemas.

pub mod qga;
pub mod qmp;
";

fn manifest() -> String {
    let main = root().join("tests/live/src/main.rs");
    let client = root().join("qapi-client");
    format!(
        r#"[package]
name = "live"
version = "0.0.0"
edition = "2024"
publish = false

[lib]
name = "qapi"
path = "generated/lib.rs"
doctest = false

[[bin]]
name = "live"
path = {main:?}

[dependencies]
serde = {{ version = "1", default-features = false, features = ["std"] }}
serde_json = {{ version = "1", features = ["raw_value"] }}
qapi-client = {{ path = {client:?} }}

[profile.dev]
debug = false

# Not a member of the surrounding workspace.
[workspace]
"#
    )
}

/// Every command of a schema that returns something and needs no argument, as an expression.
fn queries(schema: &Schema, code: &str) -> String {
    let idents: HashMap<&str, &str> = commands(code).collect();
    let mut text = "vec![\n".to_owned();
    for (_, definition) in schema.definitions() {
        let Kind::Command(command) = &definition.kind else {
            continue;
        };
        let members = command.arguments.map_or(vec![], |id| schema.members(id));
        let needs_arguments = members.iter().any(|(_, member)| !member.optional);
        if command.returns.is_none() || needs_arguments {
            continue;
        }
        if KEPT_AWAY.contains(&definition.name.as_str()) {
            println!("kept away from this host: {}", definition.name);
            continue;
        }
        let ident = idents[definition.name.as_str()];
        writeln!(text, "    Query::of::<commands::{ident}>(),").expect("a string");
    }
    text + "]\n"
}

/// Writes a file unless it is up to date, so that cargo does not rebuild it.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Builds the package, and returns the path of the program.
fn compile(package: &Path) -> PathBuf {
    let target = package.join("target");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo
        .args(["build", "--offline", "--quiet"])
        .current_dir(package)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("CARGO_BUILD_TARGET")
        .env_remove("RUSTFLAGS");
    let mut cargo = Process::start(cargo, package.join("build.log")).expect("cargo");
    let status = cargo.wait(PATIENCE).expect("an exit code");
    let is_good = status.is_some_and(|status| status.success());
    assert!(is_good, "cargo: {status:?}\n{}", cargo.output());
    target.join("debug/live")
}
