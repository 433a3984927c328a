//! A crate with types that fit several QEMUs, and a program that decodes and encodes messages with them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use integration_tests::{commands, run_with_input};
use qapi_codegen::Builder;

use crate::fixture::{DEPENDENCIES, Fixture, success};
use crate::messages::Lines;

pub(crate) struct Program<'a> {
    fixture: &'a Fixture,
    modules: String,
    checks: String,
}

impl<'a> Program<'a> {
    pub(crate) fn new(fixture: &'a Fixture) -> Self {
        Self {
            fixture,
            modules: String::new(),
            checks: String::new(),
        }
    }

    /// Adds a module with types that fit all schemas; with `only`, with those of some commands and events.
    pub(crate) fn module(&mut self, module: &str, schemas: &[PathBuf], only: &[String]) {
        let builder = Builder::new(&schemas[0]);
        let builder = schemas[1..].iter().fold(builder, Builder::compatible_with);
        let builder = match only {
            [] => builder,
            names => builder.only(names.iter().map(String::as_str)),
        };
        let bindings = builder.generate().unwrap_or_else(|error| panic!("{error}"));
        let files = bindings.files();
        assert!(schemas.iter().all(|path| files.contains(path)), "{files:?}");
        let code = bindings.to_string();
        // Documentation says which QEMUs have an item.
        assert!(code.contains("/// Only in ") || code.contains("/// Not in "));
        let mut arms = String::new();
        if code.contains("pub type EventMessage") {
            writeln!(arms, "\"event\" => check::<{module}::EventMessage>(value),")
                .expect("a string");
        }
        for (name, ident) in commands(&code) {
            let returned = format!("<{module}::commands::{ident} as {module}::Command>::Return");
            writeln!(arms, "{name:?} => check::<{returned}>(value),").expect("a string");
        }
        self.fixture.write(&format!("src/{module}.rs"), &code);
        writeln!(self.modules, "pub mod {module};").expect("a string");
        write!(
            self.checks,
            "pub fn {module}(name: &str, value: &str) -> Result<(), String> {{\n\
             match name {{\n{arms}_ => Err(\"unknown\".to_owned()),\n}}\n}}\n"
        )
        .expect("a string");
    }

    /// Compiles the program and passes lines to it, which it checks.
    pub(crate) fn check(self, lines: Lines) {
        let program = self.build();
        let report = run_with_input(&program, lines.text);
        let wrong = report.lines().filter(|line| line.starts_with("WRONG"));
        let wrong: Vec<&str> = wrong.collect();
        let first = &wrong[..wrong.len().min(20)];
        assert!(
            wrong.is_empty(),
            "{} are wrong:\n{}",
            wrong.len(),
            first.join("\n")
        );
        let checked = format!("checked {}", lines.count);
        assert!(report.contains(&checked), "{report}");
    }

    fn build(&self) -> PathBuf {
        let fixture = self.fixture;
        let library = include_str!("library.rs").replace("// The modules.", &self.modules);
        fixture.write("src/lib.rs", &library);
        fixture.write("src/main.rs", include_str!("program.rs"));
        let checks = format!(
            "#![allow(deprecated)]\n\nuse several::*;\n\n{}",
            self.checks
        );
        fixture.write("src/checks.rs", &checks);
        let package = "[package]\nname = \"several\"\nedition = \"2024\"\n[workspace]\n";
        let profile = "[profile.dev]\ndebug = false\n";
        fixture.write("Cargo.toml", &format!("{package}{DEPENDENCIES}{profile}"));
        success(fixture.cargo(&["build"]));
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("downstream/target/debug/several")
    }
}
