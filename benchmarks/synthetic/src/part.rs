//! The definitions of one file: a fortieth of QMP.

use crate::definition::{Definition, Entry};
use crate::prose::{adjective, capitalized, noun};

/// The text of a part.
///
/// Its types refer to each other by number: enum 0 is the union's discriminator, struct 0 is the union's
/// base, struct 1 has itself as a member, and struct 2 has the union, a branch of which has struct 2.
pub(crate) fn text(part: usize) -> String {
    let definitions = (0..ENUMS)
        .map(|it| enumeration(part, it))
        .chain((0..STRUCTS).map(|it| structure(part, it)))
        .chain([union(part)])
        .chain(part.is_multiple_of(7).then(|| alternate(part)))
        .chain((0..COMMANDS).map(|it| command(part, it)))
        .chain((0..3 - part % 2 * 2).take(2).map(|it| event(part, it)));
    definitions.map(|definition| definition.text()).collect()
}

const ENUMS: usize = 4;
const STRUCTS: usize = 11;
const COMMANDS: usize = 6;

/// The values of the discriminator, and how many of them have a branch.
const KINDS: usize = 10;
const BRANCHES: usize = 8;

/// The first struct that is a branch.
const FIRST_BRANCH: usize = STRUCTS - BRANCHES;

fn enumeration(part: usize, index: usize) -> Definition {
    let seed = seed(part, index);
    let length = if index == 0 { KINDS } else { 4 + seed % 5 };
    let value = |it| Entry::value(noun(index * 3 + it)).when(condition(index != 0, seed + it, 13));
    let mut definition = Definition::new(
        "enum",
        enum_name(part, index),
        seed,
        (0..length).map(value).collect(),
    );
    definition.feature = feature(seed, ["fixed-gauge", "two-tracks"]);
    definition
}

fn structure(part: usize, index: usize) -> Definition {
    let seed = seed(part, 10 + index);
    let special = match index {
        0 => Some(Entry::member("kind", quoted(&enum_name(part, 0)))),
        1 => Some(Entry::member("*inner", quoted(&struct_name(part, 1)))),
        2 => Some(Entry::member("*load", quoted(&union_name(part)))),
        FIRST_BRANCH => Some(Entry::member("*carrier", quoted(&struct_name(part, 2)))),
        _ => None,
    };
    let members = members(part, seed, 2 + seed % 4).into_iter().enumerate();
    let members = members.map(|(it, member)| member.when(condition(true, seed * 5 + it, 11)));
    let data = special.into_iter().chain(members).collect();
    let mut definition = Definition::new("struct", struct_name(part, index), seed, data);
    definition.feature = feature(seed, ["fixed-gauge", "two-tracks"]);
    // Members of branches must not collide with those of the base, so these structs have a different member.
    if index == STRUCTS - 1 {
        definition
            .keys
            .push(format!("'base': '{}'", struct_name(part, 1)));
        for entry in &mut definition.data {
            let name = entry.name.trim_start_matches('*');
            entry.name = format!("*own-{name}");
        }
    }
    if let Some(condition) = condition(index == 4, part, 2) {
        // References to it, here in the union, need the same condition.
        definition.keys.push(format!("'if': {condition}"));
    }
    definition
}

fn union(part: usize) -> Definition {
    let branch = |it| {
        let index = FIRST_BRANCH + it;
        let condition = condition(index == 4, part, 2);
        Entry::member(noun(it), quoted(&struct_name(part, index))).when(condition)
    };
    let data = (0..BRANCHES).map(branch).collect();
    let mut definition = Definition::new("union", union_name(part), seed(part, 30), data);
    definition
        .keys
        .push(format!("'base': '{}'", struct_name(part, 0)));
    definition.keys.push("'discriminator': 'kind'".to_owned());
    definition.documented = false;
    definition
}

fn alternate(part: usize) -> Definition {
    let data = vec![
        Entry::member("definition", quoted(&struct_name(part, 2))),
        Entry::member("reference", quoted("str")),
        Entry::member("none", quoted("null")),
    ];
    Definition::new(
        "alternate",
        format!("Line{part}Reference"),
        seed(part, 31),
        data,
    )
}

fn command(part: usize, index: usize) -> Definition {
    let seed = seed(part, 40 + index);
    let name = format!("line{part}-{}-{}", adjective(seed), noun(index * 4 + part));
    let data = members(part, seed, if index < 4 { 1 + seed % 4 } else { 0 });
    let mut definition = Definition::new("command", name, seed, data);
    definition.feature = feature(seed, ["deprecated", "unstable"]);
    match index {
        0 => definition
            .keys
            .push(format!("'returns': [ '{}' ]", struct_name(part, 1))),
        1 => definition
            .keys
            .push(format!("'returns': '{}'", struct_name(part, 2))),
        2 if part.is_multiple_of(9) => definition.keys.push("'allow-oob': true".to_owned()),
        4 => definition
            .keys
            .push(format!("'data': '{}',\n  'boxed': true", union_name(part))),
        _ => {}
    }
    definition
}

fn event(part: usize, index: usize) -> Definition {
    let seed = seed(part, 50 + index);
    let name = format!("LINE{part}_{}_{}", noun(seed), ["LOST", "CHANGED"][index]).to_uppercase();
    Definition::new("event", name, seed, members(part, seed, seed % 5))
}

/// Members of all kinds; half of them are optional.
fn members(part: usize, seed: usize, count: usize) -> Vec<Entry> {
    let member = |it: usize| {
        let kind = match (seed + it * 7) % 16 {
            0..4 => quoted("str"),
            4..7 => quoted("int"),
            7 => quoted("size"),
            8..10 => quoted("bool"),
            10 => quoted("uint32"),
            11 => "[ 'str' ]".to_owned(),
            12 => quoted(&enum_name(part, 1 + it % (ENUMS - 1))),
            13 => quoted(&enum_name(part.saturating_sub(1), 1)),
            14 => format!("[ '{}' ]", struct_name(part.saturating_sub(1), 1)),
            _ => format!("[ '{}' ]", struct_name(part, 1)),
        };
        let optional = if (seed + it).is_multiple_of(2) {
            "*"
        } else {
            ""
        };
        let name = format!("{optional}{}-{}", adjective(it), noun(seed + it));
        Entry::member(name, kind)
    };
    (0..count).map(member).collect()
}

/// A condition of any form, for one item in `rarity`, if a condition is allowed.
fn condition(possible: bool, seed: usize, rarity: usize) -> Option<String> {
    let name = |it: usize| format!("'CONFIG_{}'", noun(seed / rarity + it).to_uppercase());
    (possible && seed.is_multiple_of(rarity)).then(|| match seed / rarity % 4 {
        0 | 1 => name(0),
        2 => format!("{{ 'all': [ {}, {} ] }}", name(0), name(1)),
        _ => format!("{{ 'any': [ {}, {{ 'not': {} }} ] }}", name(0), name(1)),
    })
}

/// A feature for one definition in twelve. Types may not be deprecated or unstable.
fn feature(seed: usize, names: [&'static str; 2]) -> Option<&'static str> {
    seed.is_multiple_of(12).then(|| names[seed / 12 % 2])
}

fn enum_name(part: usize, index: usize) -> String {
    format!("Line{part}{}State", capitalized(noun(index * 2 + 5)))
}

fn struct_name(part: usize, index: usize) -> String {
    format!("Line{part}{}Info", capitalized(noun(index)))
}

fn union_name(part: usize) -> String {
    format!("Line{part}Load")
}

fn quoted(name: &str) -> String {
    format!("'{name}'")
}

/// A number for this place of a part.
fn seed(part: usize, place: usize) -> usize {
    part * 61 + place
}
