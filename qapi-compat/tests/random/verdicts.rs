//! The wire verdicts on QEMU's releases, checked with random values: a change that is reported as fine works, and one
//! that is reported to break fails for a value.

use std::collections::BTreeSet;
use std::path::Path;

use qapi_compat::{Change, Diff, Root, Severity, Side};
use qapi_parser::{Id, Kind, Schema};

use crate::dice::Dice;
use crate::releases;
use crate::values::{Reader, Writer};

/// The number of values of each command and event whose changes are fine.
const FINE: usize = 30;

/// The maximum number of values of each command and event with a breaking change.
const BROKEN: usize = 60_000;

#[test]
fn verdicts_on_releases_hold_for_values() {
    let Some(releases) = releases() else {
        return;
    };
    let mut dice = Dice(3);
    let mut wrong = BTreeSet::new();
    // The newest and the oldest release differ most.
    let far = [releases[0].clone(), releases[releases.len() - 1].clone()];
    for pair in releases.windows(2).chain([&far[..]]) {
        for (new, old) in pair[0].iter().zip(&pair[1]) {
            let load = |path: &Path| Side::load(path).unwrap_or_else(|error| panic!("{error}"));
            let (old, new) = (load(old), load(new));
            wrong.extend(compare(&old, &new, &mut dice));
            wrong.extend(compare(&new, &old, &mut dice));
        }
    }
    let wrong: Vec<String> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn compare(old: &Side, new: &Side, dice: &mut Dice) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    let pair = format!("{} → {}", old.name(), new.name());
    let (old_schema, new_schema) = (old.schema(), new.schema());
    let words: Vec<&str> = branches(old_schema).chain(branches(new_schema)).collect();
    for (name, roots) in common(old_schema, new_schema) {
        let diff = Diff::only(old, new, [name]).expect("both have it");
        for (root, of_old, of_new) in roots {
            let changes = diff.changes.iter().filter(|it| it.path.root == root);
            let (items, mut unseen) = items(changes);
            let (writer, reader, how) = match root {
                Root::Arguments => ((old_schema, of_old), (new_schema, of_new), Reader::Qemu),
                _ => ((new_schema, of_new), (old_schema, of_old), Reader::Client),
            };
            for round in 0..BROKEN {
                if round >= FINE && unseen.is_empty() {
                    break;
                }
                let maker = Writer {
                    schema: writer.0,
                    depth: 2 + round % 6,
                    words: &words,
                };
                let Some(value) = maker.write(writer.1, dice) else {
                    continue;
                };
                let faults = how.faults(reader.0, reader.1, &value);
                let mut is_known = faults.is_empty();
                for fault in &faults {
                    unseen.remove(&fault.item);
                    is_known |= items.contains(&fault.item) || items.contains(&fault.member);
                }
                if !is_known {
                    let text = &faults[0].text;
                    wrong.insert(format!("{pair}: {name} {root:?}: not reported: {text}"));
                    break;
                }
            }
            if !unseen.is_empty() {
                wrong.insert(format!("{pair}: {name} {root:?}: {unseen:?} never fails"));
            }
        }
    }
    wrong
}

/// The names of a schema's branches.
fn branches(schema: &Schema) -> impl Iterator<Item = &str> {
    let unions = schema.definitions().filter_map(|(_, it)| match &it.kind {
        Kind::Object(it) => it.branches.as_ref(),
        _ => None,
    });
    let branches = unions.flat_map(|union| &union.branches);
    branches.map(|branch| branch.name.value.as_str())
}

/// The last steps of the paths of changes that break or may break something, and of those that break it.
fn items<'a>(changes: impl Iterator<Item = &'a Change>) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut items, mut broken) = (BTreeSet::new(), BTreeSet::new());
    for change in changes.filter(|it| it.upgrade != Severity::Fine) {
        let path = change.path.to_string();
        let item = path.rsplit('/').next().unwrap_or_default();
        let item = item.trim_end_matches("[]").to_owned();
        if change.upgrade == Severity::Breaks {
            broken.insert(item.clone());
        }
        items.insert(item);
    }
    (items, broken)
}

/// The types of a command or event in both schemas.
type Types = (Root, Option<Id>, Option<Id>);

/// The commands and events of both schemas, with their types.
fn common<'a>(old: &'a Schema, new: &Schema) -> Vec<(&'a str, Vec<Types>)> {
    let definitions = old.definitions().filter_map(|(_, definition)| {
        let other = &new.get(new.find(&definition.name)?).kind;
        let roots = match (&definition.kind, other) {
            (Kind::Command(old), Kind::Command(new)) if old.gen_code && new.gen_code => vec![
                (Root::Arguments, old.arguments, new.arguments),
                (Root::Returns, old.returns, new.returns),
            ],
            (Kind::Event(old), Kind::Event(new)) => vec![(Root::Data, old.data, new.data)],
            _ => return None,
        };
        Some((definition.name.as_str(), roots))
    });
    definitions.collect()
}
