//! The verdicts on the wire, with generated types: what clients of one schema encode is read by QEMU with the other, and
//! what QEMU sends is decoded.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;
use std::path::Path;

use integration_tests::run_with_input;
use qapi_compat::{Change, Diff, RULES, Root, Severity, Side};
use qapi_parser::{Id, Kind, Loader, Schema};

use crate::crates::Crates;
use crate::dice::Dice;
use crate::fixture::success;
use crate::model::Model;
use crate::values::{Reader, Writer};

/// The number of pairs made at random, of which nothing breaks on the wire.
const PAIRS: usize = 8;

/// The number of values of each type.
const VALUES: usize = 60;

/// Two schemas.
struct Pair {
    id: String,
    old: String,
    new: String,
}

/// A value on its way from a writer to a reader, at a place that both know.
struct Message {
    pair: usize,
    root: Root,
    name: String,
    /// The modules of the writer's and of the reader's types.
    modules: (String, String),
    value: String,
}

fn load(text: &str) -> Option<Schema> {
    let loader = Loader::new().read_with(|_| Ok(text.as_bytes().to_vec()));
    loader.load("schema.json").ok()
}

fn compare(pair: &Pair) -> Option<Diff> {
    let (old, new) = (load(&pair.old)?, load(&pair.new)?);
    Some(Diff::new(&Side::from(old), &Side::from(new)))
}

/// The examples of the rules, and random changes that break nothing.
fn pairs() -> Vec<Pair> {
    let examples = RULES.iter().map(|rule| Pair {
        id: rule.id.to_owned(),
        old: rule.example.old.to_owned(),
        new: rule.example.new.to_owned(),
    });
    let mut dice = Dice(7);
    let random = std::iter::from_fn(|| {
        let mut model = Model::new(&mut dice);
        let old = model.to_string();
        for _ in 0..1 + dice.below(3) {
            model.change(&mut dice);
        }
        Some(Pair {
            id: "random".to_owned(),
            old,
            new: model.to_string(),
        })
    });
    let fine = random.filter(|pair| {
        let diff = compare(pair);
        diff.is_some_and(|it| {
            !it.changes.is_empty() && it.changes.iter().all(|it| it.upgrade == Severity::Fine)
        })
    });
    examples.chain(fine.take(PAIRS)).collect()
}

/// A program that decodes and encodes values: each line of the input has a module, a root, a name and a value, separated
/// by tabs; the output has the encoded value, or `error` and a message.
fn program(crates: &Crates) -> String {
    let mut arms = String::new();
    for module in crates.schemas.values() {
        let name = &module.name;
        let mut arm = |root: &str, item: &str, ty: &str| {
            writeln!(
                arms,
                "(\"{name}\", \"{root}\", \"{item}\") => same::<{ty}>(value),"
            )
            .expect("a string");
        };
        for (ident, item) in data(&module.code, "commands") {
            let ty = format!("types::{name}::commands::{ident}");
            arm("Arguments", item, &ty);
            arm(
                "Returns",
                item,
                &format!("<{ty} as types::{name}::Command>::Return"),
            );
        }
        for (ident, item) in data(&module.code, "events") {
            arm("Data", item, &format!("types::{name}::events::{ident}"));
        }
    }
    PROGRAM.replace("ARMS", &arms)
}

const PROGRAM: &str = "
use std::io::BufRead as _;

fn same<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| error.to_string())
}

fn check(module: &str, root: &str, name: &str, value: &str) -> Result<String, String> {
    match (module, root, name) {
        ARMS
        _ => panic!(\"{module} {root} {name}\"),
    }
}

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect(\"a line\");
        let [module, root, name, value] = line.split('\\t').collect::<Vec<_>>()[..] else {
            panic!(\"{line}\");
        };
        match check(module, root, name, value) {
            Ok(text) => println!(\"{text}\"),
            Err(error) => println!(\"error {error}\"),
        }
    }
}
";

/// The structs of commands or events, with the names on the wire.
fn data<'a>(code: &'a str, module: &str) -> Vec<(&'a str, &'a str)> {
    let prefix = format!("{module}::");
    let lines = code.lines().filter_map(|line| {
        let (ident, name) = line.trim().strip_prefix(&prefix)?.split_once(" as \"")?;
        Some((ident, name.split_once('"')?.0))
    });
    let unique: BTreeSet<_> = lines.collect();
    unique.into_iter().collect()
}

/// The commands and events of both schemas, with their types in the old and in the new one.
fn roots(old: &Schema, new: &Schema) -> Vec<(Root, String, Option<Id>, Option<Id>)> {
    let mut roots = Vec::new();
    for (_, definition) in old.definitions() {
        let name = &definition.name;
        let other = new.find(name).map(|id| &new.get(id).kind);
        match (&definition.kind, other) {
            (Kind::Command(old), Some(Kind::Command(new))) => {
                roots.push((Root::Arguments, name.clone(), old.arguments, new.arguments));
                roots.push((Root::Returns, name.clone(), old.returns, new.returns));
            }
            (Kind::Event(old), Some(Kind::Event(new))) => {
                roots.push((Root::Data, name.clone(), old.data, new.data));
            }
            _ => {}
        }
    }
    roots
}

/// Lets the program decode and encode values.
fn run(program: &Path, lines: &[String]) -> Vec<Result<String, String>> {
    let output = run_with_input(program, lines.join("\n") + "\n");
    let results: Vec<_> = output
        .lines()
        .map(|line| match line.strip_prefix("error ") {
            Some(error) => Err(error.to_owned()),
            None => Ok(line.to_owned()),
        })
        .collect();
    assert_eq!(results.len(), lines.len());
    results
}

fn messages(pairs: &[Pair], crates: &mut Crates) -> Vec<Message> {
    let mut dice = Dice(5);
    let mut messages = Vec::new();
    for (number, pair) in pairs.iter().enumerate() {
        let (old, new) = (load(&pair.old), load(&pair.new));
        let (old, new) = (old.expect("a schema"), new.expect("a schema"));
        let (of_old, of_new) = (crates.types(&pair.old), crates.types(&pair.new));
        for (root, name, old_id, new_id) in roots(&old, &new) {
            let (schema, id, modules) = match root {
                Root::Arguments => (&old, old_id, (of_old.clone(), of_new.clone())),
                _ => (&new, new_id, (of_new.clone(), of_old.clone())),
            };
            let writer = Writer {
                schema,
                depth: 4,
                words: &[],
            };
            for _ in 0..VALUES {
                if let Some(value) = writer.write(id, &mut dice) {
                    messages.push(Message {
                        pair: number,
                        root,
                        name: name.clone(),
                        modules: modules.clone(),
                        value: value.to_string(),
                    });
                }
            }
        }
    }
    messages
}

#[test]
fn generated_types_agree_with_the_verdicts_on_the_wire() {
    let pairs = pairs();
    let mut crates = Crates::new("compat-wire", &["wire"]);
    let messages = messages(&pairs, &mut crates);
    crates.fixture.write("wire/src/main.rs", &program(&crates));
    success(crates.fixture.cargo(&["build", "-p", "wire"]));
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("downstream/target/debug/wire");

    let line = |module: &str, it: &Message, value: &str| {
        format!("{module}\t{:?}\t{}\t{value}", it.root, it.name)
    };
    let written: Vec<_> = messages
        .iter()
        .map(|it| line(&it.modules.0, it, &it.value))
        .collect();
    let written: Vec<String> = run(&program, &written)
        .into_iter()
        .zip(&messages)
        .map(|(result, it)| result.unwrap_or_else(|error| panic!("{}: {error}", it.value)))
        .collect();
    let lines: Vec<_> = messages
        .iter()
        .zip(&written)
        .map(|(it, text)| line(&it.modules.1, it, text))
        .collect();
    let read = run(&program, &lines);

    let compared = pairs.iter().map(|pair| compare(pair).expect("schemas"));
    let diffs: Vec<Diff> = compared.collect();
    let new = pairs.iter().map(|pair| load(&pair.new).expect("a schema"));
    let new: Vec<Schema> = new.collect();
    let mut failed: Vec<HashSet<(Root, &str)>> = vec![HashSet::new(); pairs.len()];
    for ((message, text), result) in messages.iter().zip(&written).zip(read) {
        let pair = &pairs[message.pair];
        let root = (message.root, message.name.as_str());
        let error = match message.root {
            Root::Arguments => rejected_by_qemu(&new[message.pair], &message.name, text),
            _ => result.err(),
        };
        if let Some(error) = error {
            let diff = &diffs[message.pair];
            let is_reported = diff
                .changes
                .iter()
                .any(|it| is_at(it, root) && it.upgrade != Severity::Fine);
            assert!(is_reported, "{}: {text}: {error}\n{diff:#?}", pair.id);
            failed[message.pair].insert(root);
        }
    }
    // What breaks can be seen.
    for ((pair, diff), failed) in pairs.iter().zip(&diffs).zip(&failed) {
        for change in &diff.changes {
            let root = (change.path.root, change.path.name.as_str());
            let is_value = matches!(root.0, Root::Arguments | Root::Returns | Root::Data);
            if is_value && change.upgrade == Severity::Breaks {
                assert!(failed.contains(&root), "{}: nothing fails", pair.id);
            }
        }
    }
}

fn is_at(change: &Change, (root, name): (Root, &str)) -> bool {
    // A change of the arguments as a whole belongs to the command.
    let is_root = change.path.root == root || change.path.root == Root::Command;
    is_root && change.path.name == name
}

/// Why QEMU rejects the arguments of a command, if it does.
fn rejected_by_qemu(schema: &Schema, name: &str, text: &str) -> Option<String> {
    let value = serde_json::from_str(text).expect("JSON");
    let Kind::Command(command) = &schema.get(schema.find(name)?).kind else {
        return None;
    };
    // QEMU itself does not check the arguments of such a command.
    if !command.gen_code {
        return None;
    }
    let faults = Reader::Qemu.faults(schema, command.arguments, &value);
    faults.into_iter().next().map(|it| it.text)
}
