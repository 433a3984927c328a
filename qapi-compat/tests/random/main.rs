//! Random pairs of schemas: what a comparison calls fine works, and a merged schema holds the values of both.
//!
//! Values are made from one schema and read with another, both by following the schemas, thousands of times.

mod dice;
mod model;
mod values;

use qapi_compat::merge::{Options, merge};
use qapi_compat::{Diff, Question, Severity, Side};
use qapi_parser::{Definition, Id, Kind, Loader, Schema};

use dice::Dice;
use model::Model;
use values::{Reader, value};

const PAIRS: usize = 2_000;
const VALUES: usize = 6;

fn load(text: &str) -> Option<Schema> {
    let loader = Loader::new().read_with(|_| Ok(text.as_bytes().to_vec()));
    loader.load("schema.json").ok()
}

/// A schema and a changed one; a change that QAPI does not allow is another one's turn.
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

/// The types that both schemas have at the same place, with whether a client sends their values.
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

/// Makes values from `writer` and reads them with `reader`.
fn works(
    writer: (&Schema, Option<Id>),
    reader: (&Schema, Option<Id>),
    how: Reader,
    dice: &mut Dice,
) -> Result<(), String> {
    for _ in 0..VALUES {
        let value = match writer.1 {
            Some(id) => value(writer.0, id, dice, 0),
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
fn what_is_called_fine_works() {
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

#[test]
fn a_merged_schema_holds_the_values_of_all() {
    let mut merges = 0;
    for seed in 0..PAIRS as u64 {
        let mut dice = Dice(seed);
        let (old_text, new_text) = pair(&mut dice);
        let both = || [&old_text, &new_text].map(|text| load(text).expect("it was loaded before"));
        let Ok(merged) = merge(both().into(), Options::default()) else {
            continue;
        };
        merges += 1;
        for schema in both() {
            for (one, all, _) in roots(&schema, &merged.schema) {
                let worked = works(
                    (&schema, one),
                    (&merged.schema, all),
                    Reader::Merged,
                    &mut dice,
                );
                if let Err(error) = worked {
                    panic!("{seed}: {error}\n{old_text}\n-- merged with --\n{new_text}");
                }
            }
            let is_kept = |it: &Definition| match it.kind {
                Kind::Command(_) | Kind::Event(_) => merged.schema.find(&it.name).is_some(),
                _ => true,
            };
            assert!(schema.definitions().all(|(_, it)| is_kept(it)), "{seed}");
        }
    }
    assert!(merges > PAIRS / 2, "only {merges} pairs were merged");
}
