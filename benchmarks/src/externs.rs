//! The dependencies of generated code, built before the measurement, and the arguments with which rustc finds them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context as _, Result};

use crate::workspace;

/// How the generated crate is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Without optimisation, with debug information.
    Dev,
    /// As with `cargo build --release`.
    Release,
}

impl Profile {
    /// The arguments that cargo passes to rustc.
    fn flags(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &["-Cembed-bitcode=no", "-Cdebuginfo=2"],
            Self::Release => &["-Cembed-bitcode=no", "-Copt-level=3", "-Cstrip=debuginfo"],
        }
    }
}

/// The libraries of one profile.
pub(crate) struct Externs {
    profile: Profile,
    libraries: Vec<(&'static str, PathBuf)>,
    out: PathBuf,
}

impl Externs {
    /// Builds the libraries.
    pub(crate) fn build(profile: Profile) -> Result<Self> {
        let (name, arguments): (_, &[&str]) = match profile {
            Profile::Dev => ("compile-dev", &[]),
            Profile::Release => ("compile-release", &["--release"]),
        };
        let files = workspace::build("prebuilt", arguments)?;
        let library = |name| {
            Ok((
                name,
                workspace::find(&files, &format!("lib{name}"), "rlib")?,
            ))
        };
        let names = ["serde", "serde_json", "qapi_spec"];
        Ok(Self {
            profile,
            libraries: names.map(library).into_iter().collect::<Result<_>>()?,
            out: workspace::scratch(name)?,
        })
    }

    /// rustc on one library crate, the way cargo runs it for a package of the registry.
    pub(crate) fn rustc(&self, name: &str, edition: &str, source: &Path) -> Result<Command> {
        let out = self.out.join(name);
        fs::create_dir_all(&out)?;
        let mut command = Command::new(env::var_os("RUSTC").unwrap_or("rustc".into()));
        command
            .args([
                "--crate-name",
                name,
                "--edition",
                edition,
                "--crate-type=lib",
            ])
            .args(["--emit=dep-info,metadata,link", "--cap-lints=allow"])
            .args(self.profile.flags())
            .arg("--out-dir")
            .arg(out)
            .arg(source);
        for (name, library) in &self.libraries {
            let folder = library.parent().context("a library is in a folder")?;
            command
                .arg("--extern")
                .arg(format!("{name}={}", library.display()));
            command
                .arg("-L")
                .arg(format!("dependency={}", folder.display()));
            command
                .arg("-L")
                .arg(format!("dependency={}", folder.join("deps").display()));
        }
        Ok(command)
    }
}
