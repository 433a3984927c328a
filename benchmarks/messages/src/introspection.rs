//! A reply of `query-qmp-schema`: as many entries of each kind as a QEMU of the peer's age has, with members in the
//! order in which QEMU sends them (the discriminator in the middle), about synthetic types.

use std::fmt::Write as _;

/// The number of entries.
const ENTRIES: usize = 1172;

/// The return value of the command, on one line.
pub(crate) fn reply() -> String {
    let entries: Vec<String> = (0..ENTRIES).map(entry).collect();
    format!("[{}]\n", entries.join(", "))
}

fn entry(index: usize) -> String {
    // Of a hundred entries, 53 are objects, 20 commands, 13 enums, 8 arrays, 5 events, and one is of another kind.
    match index * 37 % 100 {
        0..50 => object(index),
        50..53 => union(index),
        53..73 => command(index),
        73..86 => enumeration(index),
        86..94 => array(index),
        94..99 => event(index),
        _ if index % 2 == 0 => alternate(index),
        _ => builtin(),
    }
}

fn object(index: usize) -> String {
    let members = members(index);
    format!(r#"{{"name": "{index}", "members": [{members}], "meta-type": "object"}}"#)
}

fn union(index: usize) -> String {
    let variants = list(10, |it| {
        format!(r#"{{"case": "{}", "type": "{}"}}"#, word(it), it * 7)
    });
    let members = members(index);
    format!(
        r#"{{"name": "{index}", "tag": "driver", "variants": [{variants}], "members": [{members}], "meta-type": "object"}}"#
    )
}

fn members(index: usize) -> String {
    list(index % 8, |it| {
        let name = word(index + it);
        match it % 2 {
            0 => format!(r#"{{"name": "{name}", "type": "{}"}}"#, index + it),
            _ => format!(r#"{{"name": "{name}", "default": null, "type": "str"}}"#),
        }
    })
}

fn command(index: usize) -> String {
    let name = word(index);
    let mut text = format!(r#"{{"name": "query-{name}", "ret-type": "{index}", "#);
    if index.is_multiple_of(8) {
        text += r#""features": ["deprecated"], "#;
    }
    let _ = write!(
        text,
        r#""meta-type": "command", "arg-type": "{}"}}"#,
        index / 2
    );
    text
}

fn enumeration(index: usize) -> String {
    let length = 2 + index % 10;
    let members = list(length, |it| {
        format!(r#"{{"name": "{}"}}"#, word(index + it))
    });
    let values = list(length, |it| format!("\"{}\"", word(index + it)));
    format!(
        r#"{{"name": "{index}", "members": [{members}], "meta-type": "enum", "values": [{values}]}}"#
    )
}

fn array(index: usize) -> String {
    format!(r#"{{"name": "[{index}]", "element-type": "{index}", "meta-type": "array"}}"#)
}

fn event(index: usize) -> String {
    let name = word(index).to_uppercase();
    format!(r#"{{"name": "{name}_CHANGED", "meta-type": "event", "arg-type": "{index}"}}"#)
}

fn alternate(index: usize) -> String {
    format!(
        r#"{{"name": "{index}", "members": [{{"type": "{}"}}, {{"type": "str"}}], "meta-type": "alternate"}}"#,
        index / 2
    )
}

fn builtin() -> String {
    r#"{"name": "int", "json-type": "int", "meta-type": "builtin"}"#.to_owned()
}

fn list(length: usize, item: impl Fn(usize) -> String) -> String {
    (0..length).map(item).collect::<Vec<_>>().join(", ")
}

fn word(index: usize) -> &'static str {
    const WORDS: [&str; 11] = [
        "id",
        "node-name",
        "bps-total-max",
        "size",
        "read-only",
        "x-check-cache-dropped",
        "type",
        "iops",
        "detect-zeroes",
        "throttle-group",
        "path",
    ];
    WORDS[index % WORDS.len()]
}
