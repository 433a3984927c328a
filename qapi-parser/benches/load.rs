//! How fast schemas are read and judged, in bytes of schema a second: `cargo bench -p qapi-parser`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::BytesCount;
use qapi_parser::{Loader, Mode, Schema};

fn main() {
    divan::main();
}

/// A schema's files in memory, so that the disk is not measured.
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

    fn load(&self, mode: Mode) -> Result<Schema, qapi_parser::Error> {
        let read = |path: &Path| Ok(self.texts[path].clone());
        Loader::new().mode(mode).read_with(read).load(&self.root)
    }

    fn bench(&self, bencher: Bencher<'_, '_>, mode: Mode) {
        let bytes: usize = self.texts.values().map(Vec::len).sum();
        bencher
            .counter(BytesCount::new(bytes))
            .bench(|| self.load(mode).is_ok());
    }
}

/// The newest schema of the corpus: about a thousand definitions and their documentation.
fn newest() -> Option<Files> {
    let corpus = support::shared("corpus")?;
    let releases = std::fs::read_dir(corpus).expect("the corpus");
    let version = |path: &PathBuf| -> Vec<u32> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let numbers = name.split(|c: char| !c.is_ascii_digit());
        numbers.filter_map(|number| number.parse().ok()).collect()
    };
    let newest = releases
        .map(|release| release.expect("a release").path())
        .max_by_key(version)?;
    Some(Files::new(newest.join("qapi/qapi-schema.json")))
}

fn ours() -> Files {
    Files::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/qapi-schema.json"))
}

#[divan::bench]
fn newest_lenient(bencher: Bencher<'_, '_>) {
    if let Some(files) = newest() {
        files.bench(bencher, Mode::Lenient);
    }
}

#[divan::bench]
fn newest_strict(bencher: Bencher<'_, '_>) {
    if let Some(files) = newest() {
        files.bench(bencher, Mode::Strict);
    }
}

#[divan::bench]
fn ours_lenient(bencher: Bencher<'_, '_>) {
    ours().bench(bencher, Mode::Lenient);
}

#[divan::bench]
fn ours_strict(bencher: Bencher<'_, '_>) {
    ours().bench(bencher, Mode::Strict);
}

/// A thousand findings as text.
#[divan::bench]
fn report(bencher: Bencher<'_, '_>) {
    let text = "{ 'struct': 'lower', 'data': { 'Upper': 'str' } }\n".repeat(500);
    let findings = support::findings(support::load(&text, Mode::Strict));
    bencher.bench(|| findings.to_string());
}

/// The first stage alone: text to values and comments.
#[divan::bench]
fn newest_syntax(bencher: Bencher<'_, '_>) {
    if let Some(files) = newest() {
        let texts = files.texts.values();
        let texts: Vec<&str> = texts.filter_map(|text| str::from_utf8(text).ok()).collect();
        let bytes: usize = texts.iter().map(|text| text.len()).sum();
        bencher.counter(BytesCount::new(bytes)).bench(|| {
            let items = texts.iter().map(|text| qapi_parser::count_items(text));
            items.sum::<usize>()
        });
    }
}
