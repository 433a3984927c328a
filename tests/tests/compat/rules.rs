//! The verdict of each rule in Rust: a program for the old schema of its example, compiled with the types of the new one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use qapi_codegen::Builder;
use qapi_compat::{RULES, Rule, Severity};
use serde_json::Value;

use crate::fixture::{DEPENDENCIES, Fixture};
use crate::programs::{Outcome, PROGRAMS};

/// The level of a message, the crate, and the module that it is about.
type Message = (String, String, String);

/// Crates with programs, one module each, beside a crate with the types for all.
struct Crates {
    fixture: Fixture,
    /// The modules of types by the text of their schemas.
    schemas: BTreeMap<&'static str, String>,
}

impl Crates {
    fn new() -> Self {
        let fixture = Fixture::new("compat-rules");
        let members = ["types", "old", "new", "broken"];
        fixture.write(
            "Cargo.toml",
            &format!("[workspace]\nmembers = {members:?}\nresolver = \"3\"\n"),
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

    /// The module with the types of a schema.
    fn types(&mut self, schema: &'static str) -> String {
        let number = self.schemas.len();
        let module = self.schemas.entry(schema);
        let module = module.or_insert_with(|| {
            let name = format!("schema_{number}");
            self.fixture.write(&format!("{name}.json"), schema);
            let builder = Builder::new(self.fixture.path(&format!("{name}.json"))).docs(false);
            let bindings = builder.generate().unwrap_or_else(|error| panic!("{error}"));
            let path = format!("types/src/{name}.rs");
            self.fixture.write(&path, &bindings.to_string());
            name
        });
        module.clone()
    }

    /// Writes a crate with programs, each with the types it is compiled with.
    fn write(&self, name: &str, programs: &BTreeMap<String, (String, &str)>) {
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
    fn check(&self, name: &str) -> BTreeSet<Message> {
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

fn modules(messages: &BTreeSet<Message>, level: &str, name: &str) -> BTreeSet<String> {
    let messages = messages.iter().filter(|it| it.0 == level && it.1 == name);
    messages.map(|it| it.2.clone()).collect()
}

#[test]
fn the_compiler_agrees_with_every_rule() {
    let mut crates = Crates::new();
    let (mut old, mut new, mut broken) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (number, (id, outcome, text)) in PROGRAMS.iter().enumerate() {
        let rule = Rule::find(id).unwrap_or_else(|| panic!("there is no rule {id}"));
        let types = crates.types(rule.example.old);
        let module = format!("{}_{number}", id.replace('-', "_"));
        old.insert(module.clone(), (types, *text));
        let types = crates.types(rule.example.new);
        let programs = match outcome {
            Outcome::Compiles => &mut new,
            Outcome::Fails => &mut broken,
        };
        programs.insert(module, (types, *text));
    }
    let lib: String = crates
        .schemas
        .values()
        .map(|name| format!("pub mod {name};\n"))
        .collect();
    crates.fixture.write("types/src/lib.rs", &lib);
    crates.write("old", &old);
    crates.write("new", &new);
    let deprecated = ["member_no_longer_hideable", "no_longer_deprecated"];
    for (name, warned) in [("old", &deprecated[..]), ("new", &["deprecated"])] {
        let messages = crates.check(name);
        assert_eq!(modules(&messages, "error", name), BTreeSet::new());
        // The compiler warns of what is deprecated, and of nothing else.
        let warnings = modules(&messages, "warning", name);
        let warnings: Vec<_> = warnings
            .iter()
            .map(|it| it.trim_end_matches(|c: char| c == '_' || c.is_ascii_digit()))
            .collect();
        assert_eq!(warnings, warned);
    }
    // The compiler stops at unknown names before it looks at types, so what it has rejected is left out the next time.
    while !broken.is_empty() {
        crates.write("broken", &broken);
        let rejected = modules(&crates.check("broken"), "error", "broken");
        assert!(!rejected.is_empty(), "they compile: {:?}", broken.keys());
        broken.retain(|module, _| !rejected.contains(module));
    }
}

#[test]
fn every_rule_has_programs_for_its_verdict() {
    for rule in RULES {
        let has = |outcome| {
            let mut programs = PROGRAMS.iter().filter(|it| it.0 == rule.id);
            programs.any(|it| it.1 == outcome)
        };
        let (compiles, fails) = (has(Outcome::Compiles), has(Outcome::Fails));
        let is_shown = match rule.rust {
            Severity::Fine => compiles && !fails,
            Severity::MayBreak => compiles && fails,
            Severity::Breaks => fails,
        };
        assert!(is_shown, "{}: {:?}", rule.id, rule.rust);
    }
}
