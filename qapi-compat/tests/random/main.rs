//! Random pairs of schemas: a change that is reported as fine works, and a merged schema accepts the values of both.
//!
//! Thousands of values are created from one schema and read with another, both by following the schemas.

mod dice;
mod model;
mod values;
mod verdicts;

use std::env;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use qapi_compat::merge::{Options, merge};
use qapi_compat::{Diff, Question, Severity, Side};
use qapi_parser::{Definition, Id, Kind, Loader, Schema};

use dice::Dice;
use model::Model;
use values::{Reader, value};

const PAIRS: usize = 2_000;
const TRIPLES: usize = 150;
const VALUES: usize = 6;

fn load(text: &str) -> Option<Schema> {
    let loader = Loader::new().read_with(|_| Ok(text.as_bytes().to_vec()));
    loader.load("schema.json").ok()
}

/// A schema and a changed one. If QAPI does not allow a change, another one is made.
fn pair(dice: &mut Dice) -> (String, String) {
    let old = Model::new(dice);
    loop {
        let mut new = old.clone();
        for _ in 0..dice.below(4) {
            new.change(dice);
        }
        let (old, new) = (old.to_string(), new.to_string());
        if load(&old).is_some() && load(&new).is_some() {
            return (old, new);
        }
    }
}

/// The types at the same place in both schemas, and whether a client sends their values.
fn roots(old: &Schema, new: &Schema) -> Vec<(Option<Id>, Option<Id>, bool)> {
    let mut roots = Vec::new();
    for (_, definition) in old.definitions() {
        let other = new.find(&definition.name).map(|id| new.get(id));
        match (&definition.kind, other.map(|it| &it.kind)) {
            (Kind::Command(old), Some(Kind::Command(new))) => {
                roots.push((old.arguments, new.arguments, true));
                roots.push((old.returns, new.returns, false));
            }
            (Kind::Event(old), Some(Kind::Event(new))) => roots.push((old.data, new.data, false)),
            _ => {}
        }
    }
    roots
}

/// Creates values from `writer` and reads them with `reader`.
fn works(
    writer: (&Schema, Option<Id>),
    reader: (&Schema, Option<Id>),
    how: Reader,
    dice: &mut Dice,
) -> Result<(), String> {
    for _ in 0..VALUES {
        let value = match writer.1 {
            Some(id) => value(writer.0, id, dice),
            None => Some(serde_json::json!({})),
        };
        let Some(value) = value else {
            continue;
        };
        let read = match reader.1 {
            Some(id) => how.read(reader.0, id, &value),
            None => how.read_nothing(&value),
        };
        read.map_err(|error| format!("{error}: {value}"))?;
    }
    Ok(())
}

#[test]
fn changes_reported_as_fine_work() {
    let mut fine = 0;
    for seed in 0..PAIRS as u64 {
        let mut dice = Dice(seed);
        let (old_text, new_text) = pair(&mut dice);
        let (Some(old), Some(new)) = (load(&old_text), load(&new_text)) else {
            unreachable!("they were loaded before");
        };
        let (old, new) = (Side::from(old), Side::from(new));
        let diff = Diff::new(&old, &new);
        for (question, old, new) in [
            (Question::Wire, &old, &new),
            (Question::Downgrade, &new, &old),
        ] {
            if diff.worst(question) != Severity::Fine {
                continue;
            }
            fine += 1;
            let (old, new) = (old.schema(), new.schema());
            for (of_old, of_new, is_sent) in roots(old, new) {
                let worked = match is_sent {
                    true => works((old, of_old), (new, of_new), Reader::Qemu, &mut dice),
                    false => works((new, of_new), (old, of_old), Reader::Client, &mut dice),
                };
                if let Err(error) = worked {
                    panic!(
                        "{seed} {question:?}: {error}\n{old_text}\n-- changed to --\n{new_text}\n{diff:#?}"
                    );
                }
            }
        }
    }
    assert!(fine > PAIRS, "only {fine} comparisons found nothing");
}

/// QEMU's releases, each with its QMP schema and the guest agent's, the newest first; `None` if they are missing, after
/// a message. In CI, this is a failure.
fn releases() -> Option<Vec<[PathBuf; 2]>> {
    let shared = match env::var_os("QAPI_SHARED") {
        Some(shared) => PathBuf::from(shared),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
    };
    let corpus = shared.join("corpus");
    let Ok(folders) = std::fs::read_dir(&corpus) else {
        let message = format!("SKIPPED: {} is not there", corpus.display());
        assert!(env::var("CI").as_deref() != Ok("true"), "{message}");
        let _ = writeln!(std::io::stderr(), "{message}");
        return None;
    };
    let mut folders: Vec<PathBuf> = folders.filter_map(|it| Some(it.ok()?.path())).collect();
    folders.sort_by_key(|path| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let numbers = name.split(|c: char| !c.is_ascii_digit());
        let numbers: Vec<u32> = numbers.filter_map(|it| it.parse().ok()).collect();
        std::cmp::Reverse(numbers)
    });
    let schemas = folders.into_iter().map(|folder| {
        // The path of QMP's schema up to 2.11.
        let old = folder.join("qapi-schema.json");
        let qmp = match old.exists() {
            true => old,
            false => folder.join("qapi/qapi-schema.json"),
        };
        [qmp, folder.join("qga/qapi-schema.json")]
    });
    Some(schemas.collect())
}

#[test]
fn all_releases_merge_and_hold_the_values_of_each() {
    let Some(releases) = releases() else {
        return;
    };
    assert!(releases.len() >= 10, "{releases:?}");
    let mut dice = Dice(1);
    for kind in 0..2 {
        let load = |paths: &[PathBuf; 2]| {
            let schema = Loader::new().load(&paths[kind]);
            schema.unwrap_or_else(|error| panic!("{error}"))
        };
        let schemas = || releases.iter().map(load);
        let orders = [schemas().collect::<Vec<_>>(), schemas().rev().collect()];
        for schemas_in_order in orders {
            let mut schemas_in_order = schemas_in_order.into_iter();
            let first = schemas_in_order.next().expect("a release");
            let merged = merge(first, schemas_in_order.collect(), Options::default());
            let merged = merged.unwrap_or_else(|error| panic!("{error}"));
            for (paths, schema) in releases.iter().zip(schemas()) {
                for (one, all, _) in roots(&schema, &merged.schema) {
                    let writer = (&schema, one);
                    let worked = works(writer, (&merged.schema, all), Reader::Merged, &mut dice);
                    if let Err(error) = worked {
                        let of = one.map(|id| &schema.get(id).name);
                        panic!("{} {of:?}: {error}", paths[kind].display());
                    }
                }
            }
        }
    }
}

/// Three schemas, of which two are changed from the first.
fn three(dice: &mut Dice) -> [String; 3] {
    let first = Model::new(dice);
    let mut changed = || loop {
        let mut model = first.clone();
        for _ in 0..dice.below(4) {
            model.change(dice);
        }
        for _ in 0..dice.below(3) {
            model.reshape(dice);
        }
        let text = model.to_string();
        if load(&text).is_some() {
            return text;
        }
    };
    let others = [changed(), changed()];
    let [second, third] = others;
    [first.to_string(), second, third]
}

/// Merges schemas in an order, and checks that the outcome holds the values of each; the error otherwise.
fn merged(texts: &[String; 3], order: &[usize], dice: &mut Dice) -> Result<(), String> {
    let schemas = || {
        order
            .iter()
            .map(|&index| load(&texts[index]).expect("it was loaded before"))
    };
    let mut all = schemas();
    let first = all.next().expect("a schema");
    let merged =
        merge(first, all.collect(), Options::default()).map_err(|error| error.to_string())?;
    for schema in schemas() {
        for (one, all, _) in roots(&schema, &merged.schema) {
            let worked = works((&schema, one), (&merged.schema, all), Reader::Merged, dice);
            worked.unwrap_or_else(|error| panic!("{order:?}: {error}\n{}", texts.join("\n--\n")));
        }
        let is_kept = |it: &Definition| match it.kind {
            Kind::Command(_) | Kind::Event(_) => merged.schema.find(&it.name).is_some(),
            _ => true,
        };
        assert!(schema.definitions().all(|(_, it)| is_kept(it)));
    }
    Ok(())
}

#[test]
fn a_merged_schema_holds_the_values_of_all_and_the_order_does_not_decide_whether_there_is_one() {
    let mut merges = 0;
    for seed in seeds() {
        let mut dice = Dice(seed);
        let texts = three(&mut dice);
        for orders in [
            &[&[0, 1][..], &[1, 0]][..],
            &[
                &[0, 1, 2],
                &[0, 2, 1],
                &[1, 0, 2],
                &[1, 2, 0],
                &[2, 0, 1],
                &[2, 1, 0],
            ],
        ] {
            let outcomes = orders.iter().map(|order| merged(&texts, order, &mut dice));
            let outcomes: Vec<_> = outcomes.collect();
            let merged = outcomes.iter().filter(|it| it.is_ok()).count();
            assert!(
                merged == 0 || merged == orders.len(),
                "{seed}: {outcomes:#?}\n{}",
                texts.join("\n--\n")
            );
            merges += usize::from(merged > 0);
        }
    }
    assert!(merges > TRIPLES / 2, "only {merges} were merged");
}

/// The seeds of three schemas: those from the number in `SEED` on.
fn seeds() -> std::ops::Range<u64> {
    let first = env::var("SEED").ok().and_then(|it| it.parse().ok());
    let first = first.unwrap_or(0);
    first..first + TRIPLES as u64
}
