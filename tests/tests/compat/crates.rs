//! Crates with the types of many schemas, and with programs that use them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use qapi_codegen::Builder;
use serde_json::Value;

use crate::fixture::{DEPENDENCIES, Fixture};

/// The level of a message, the crate, and the module that it is about.
pub(crate) type Message = (String, String, String);

/// A module with the types of a schema.
#[derive(Clone)]
pub(crate) struct Module {
    pub(crate) name: String,
    pub(crate) code: String,
}

/// Crates with programs, one module each, beside a crate with the types for all.
pub(crate) struct Crates {
    pub(crate) fixture: Fixture,
    /// The modules of types by the text of their schemas.
    pub(crate) schemas: BTreeMap<String, Module>,
}

impl Crates {
    pub(crate) fn new(name: &str, programs: &[&str]) -> Self {
        let fixture = Fixture::new(name);
        let members = [&["types"], programs].concat();
        fixture.write(
            "Cargo.toml",
            &format!("[workspace]\nmembers = {members:?}\nresolver = \"3\"\n[profile.dev]\ndebug = false\nincremental = false\n"),
        );
        for name in members {
            let mut manifest =
                format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n{DEPENDENCIES}");
            if name != "types" {
                manifest += "types = { path = \"../types\" }\n";
            }
            fixture.write(&format!("{name}/Cargo.toml"), &manifest);
            fixture.write(&format!("{name}/src/lib.rs"), "");
        }
        Self {
            fixture,
            schemas: BTreeMap::new(),
        }
    }

    /// The name of the module with the types of a schema.
    pub(crate) fn types(&mut self, schema: &str) -> String {
        if let Some(module) = self.schemas.get(schema) {
            return module.name.clone();
        }
        let name = format!("schema_{}", self.schemas.len());
        let path = format!("{name}.json");
        self.fixture.write(&path, schema);
        let builder = Builder::new(self.fixture.path(&path)).docs(false);
        let bindings = builder.generate().unwrap_or_else(|error| panic!("{error}"));
        let code = bindings.to_string();
        self.fixture.write(&format!("types/src/{name}.rs"), &code);
        let module = Module {
            name: name.clone(),
            code,
        };
        self.schemas.insert(schema.to_owned(), module);
        let modules = self.schemas.values();
        let lib: String = modules
            .map(|it| format!("pub mod {};\n", it.name))
            .collect();
        self.fixture.write("types/src/lib.rs", &lib);
        name
    }

    /// Writes a crate with programs, each with the types it is compiled with.
    pub(crate) fn write(&self, name: &str, programs: &BTreeMap<String, (String, &str)>) {
        let mut lib = String::new();
        for (module, (types, text)) in programs {
            let header = format!("#![allow(unused_imports)]\nuse types::{types}::*;\n");
            let path = format!("{name}/src/{module}.rs");
            self.fixture.write(&path, &(header + text + "\n"));
            writeln!(lib, "pub mod {module};").expect("a string");
        }
        self.fixture.write(&format!("{name}/src/lib.rs"), &lib);
    }

    /// The errors and warnings of the compiler in a crate.
    pub(crate) fn check(&self, name: &str) -> BTreeSet<Message> {
        let arguments = ["check", "--message-format=json", "-p", name];
        let output = self.fixture.cargo(&arguments).output().expect("cargo runs");
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut messages = BTreeSet::new();
        for line in lines.lines() {
            let Ok(line) = serde_json::from_str::<Value>(line) else {
                continue;
            };
            let message = &line["message"];
            let level = message["level"].as_str().unwrap_or_default();
            for span in message["spans"].as_array().into_iter().flatten() {
                let path = span["file_name"].as_str().unwrap_or_default();
                let mut steps = path.trim_end_matches(".rs").rsplit('/');
                let module = steps.next().unwrap_or_default();
                let of = steps.nth(1).unwrap_or_default();
                messages.insert((level.to_owned(), of.to_owned(), module.to_owned()));
            }
        }
        let is_known = output.status.success() || messages.iter().any(|it| it.0 == "error");
        assert!(is_known, "{}", String::from_utf8_lossy(&output.stderr));
        messages
    }
}
