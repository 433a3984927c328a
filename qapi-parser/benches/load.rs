//! Speed of reading and validating schemas, in bytes per second: `cargo bench -p qapi-parser`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::BytesCount;
use qapi_parser::{Loader, Mode};

fn main() {
    divan::main();
}

/// The files of a schema in memory, so that the disk is not measured.
struct Files {
    root: PathBuf,
    texts: HashMap<PathBuf, Vec<u8>>,
}

impl Files {
    fn new(root: PathBuf) -> Self {
        let schema = Loader::new().load(&root).expect("a good schema");
        let files = schema.sources().iter();
        let texts = files.map(|file| (file.path().to_owned(), file.text().into()));
        Self {
            root,
            texts: texts.collect(),
        }
    }

    fn bytes(&self) -> BytesCount {
        BytesCount::new(self.texts.values().map(Vec::len).sum::<usize>())
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Ok(self.texts[path].clone())
    }

    /// From text to syntax.
    fn syntax(&self, bencher: Bencher<'_, '_>) {
        let texts = self.texts.values();
        let texts: Vec<&str> = texts.filter_map(|text| str::from_utf8(text).ok()).collect();
        bencher.counter(self.bytes()).bench(|| {
            let items = texts.iter().map(|text| qapi_parser::count_items(text));
            items.sum::<usize>()
        });
    }

    /// From text to the last check.
    fn check(&self, bencher: Bencher<'_, '_>, mode: Mode) {
        let loader = Loader::new().mode(mode).read_with(|path| self.read(path));
        bencher
            .counter(self.bytes())
            .bench_local(|| loader.check(&self.root).is_ok());
    }

    /// From text to the schema or the findings.
    fn load(&self, bencher: Bencher<'_, '_>, mode: Mode) {
        let loader = Loader::new().mode(mode).read_with(|path| self.read(path));
        bencher
            .counter(self.bytes())
            .bench_local(|| loader.load(&self.root).is_ok());
    }
}

/// The newest schema of the corpus, with about a thousand definitions and their documentation, or ours if it is missing.
fn newest() -> Files {
    match support::shared("corpus") {
        Some(corpus) => Files::new(newest_of(&corpus).join("qapi/qapi-schema.json")),
        None => ours(),
    }
}

fn newest_of(corpus: &Path) -> PathBuf {
    let version = |path: &PathBuf| -> Vec<u32> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let numbers = name.split(|c: char| !c.is_ascii_digit());
        numbers.filter_map(|number| number.parse().ok()).collect()
    };
    let releases = std::fs::read_dir(corpus).expect("the corpus");
    let releases = releases.map(|release| release.expect("a release").path());
    releases.max_by_key(version).expect("a release")
}

fn ours() -> Files {
    Files::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/qapi-schema.json"))
}

#[divan::bench]
fn syntax(bencher: Bencher<'_, '_>) {
    newest().syntax(bencher);
}

#[divan::bench]
fn check_lenient(bencher: Bencher<'_, '_>) {
    newest().check(bencher, Mode::Lenient);
}

#[divan::bench]
fn check_strict(bencher: Bencher<'_, '_>) {
    newest().check(bencher, Mode::Strict);
}

#[divan::bench]
fn load_lenient(bencher: Bencher<'_, '_>) {
    newest().load(bencher, Mode::Lenient);
}

#[divan::bench]
fn load_strict(bencher: Bencher<'_, '_>) {
    newest().load(bencher, Mode::Strict);
}

#[divan::bench]
fn load_ours(bencher: Bencher<'_, '_>) {
    ours().load(bencher, Mode::Strict);
}

/// A thousand findings as text.
#[divan::bench]
fn report(bencher: Bencher<'_, '_>) {
    let text = "{ 'struct': 'lower', 'data': { 'Upper': 'str' } }\n".repeat(500);
    let findings = support::findings(support::load(&text, Mode::Strict));
    bencher.bench(|| findings.to_string());
}
