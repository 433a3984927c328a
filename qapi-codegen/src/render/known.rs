//! The layout of items of known shapes: what prettyplease would print, without its cost.
//!
//! Emission uses few shapes. They are laid out here if their lines fit, or if they are among the few shapes that are often too
//! wide for one line. prettyplease prints all other items.

mod body;
mod scan;
mod table;
mod writer;

use scan::{Delimiter, Kind, Token, scan};
use writer::Writer;

use super::items;
use crate::error::Error;
use crate::model::Docs;

/// Appends items to a text, with a margin before each line.
pub(super) fn write(
    code: &str,
    comments: &[Docs],
    margin: &str,
    out: &mut String,
) -> Result<(), Error> {
    let Some(tokens) = scan(code) else {
        return other(code, comments, margin, out);
    };
    let tokens = tokens.as_slice();
    let mut at = 0;
    while at < tokens.len() {
        if at > 0 {
            out.push('\n');
        }
        let end = item_end(tokens, at);
        let written = out.len();
        let mut writer = Writer::new(code, tokens, comments, margin.len(), out);
        if item(&mut writer, at, end).is_none() {
            out.truncate(written);
            let code = match tokens.get(end) {
                Some(next) => &code[tokens[at].start..next.start],
                None => &code[tokens[at].start..],
            };
            other(code, comments, margin, out)?;
        }
        at = end;
    }
    Ok(())
}

/// Appends the call of a macro of the runtime with a table.
pub(super) fn write_table(code: &str, margin: &str, out: &mut String) {
    out.push_str(margin);
    match scan(code) {
        Some(tokens) => table::rows(code, &tokens, 0..tokens.len(), margin, out),
        None => out.push_str(code),
    }
    out.push('\n');
}

/// Items of any shape.
fn other(code: &str, comments: &[Docs], margin: &str, out: &mut String) -> Result<(), Error> {
    for line in items::text(code, comments)?.lines() {
        if !line.is_empty() {
            out.extend([margin, line]);
        }
        out.push('\n');
    }
    Ok(())
}

/// The end of an item or a member of one: after a `;`, or after braces.
fn item_end(tokens: &[Token], mut at: usize) -> usize {
    while at < tokens.len() {
        match tokens[at].kind {
            Kind::Semicolon => return at + 1,
            Kind::Open(Delimiter::Brace) => {
                let end = tokens[at].close + 1;
                // As in `use a::{b, c};`.
                let has_more = tokens
                    .get(end)
                    .is_some_and(|next| matches!(next.kind, Kind::Semicolon));
                return end + usize::from(has_more);
            }
            Kind::Open(_) => at = tokens[at].close + 1,
            _ => at += 1,
        }
    }
    at
}

fn item(writer: &mut Writer<'_>, at: usize, end: usize) -> Option<()> {
    let at = writer.attributes(at, 0)?;
    let tokens = writer.tokens;
    let mut open = at;
    while open < end && !matches!(tokens[open].kind, Kind::Open(Delimiter::Brace)) {
        open += 1;
    }
    let keyword = match writer.text(at) {
        "pub" => writer.text(at + 1),
        text => text,
    };
    if open == end {
        return None;
    }
    let (from, close) = (open + 1, end - 1);
    if let Kind::Bang = tokens[open - 1].kind {
        // A call of a macro of the runtime.
        writer.line(at, from, "", 0)?;
        writer.line(from, close, "", 4)?;
        writer.raw("}", 0);
        return Some(());
    }
    if !matches!(keyword, "struct" | "enum" | "impl" | "mod") {
        return None;
    }
    if from == close {
        return writer.line(at, end, "", 0);
    }
    match keyword {
        "impl" if !writer.fits(at, from, "", 0) => {
            let target = writer.find(Kind::is_keyword, at + 1, from);
            if target == from {
                return None;
            }
            writer.line(at, target, "", 0)?;
            writer.line(target, from, "", 0)?;
        }
        _ => writer.line(at, from, "", 0)?,
    }
    match keyword {
        "impl" => members(writer, from, close)?,
        "mod" => return None,
        _ => fields(writer, from, close)?,
    }
    writer.raw("}", 0);
    Some(())
}

/// Fields or variants, one on each line.
fn fields(writer: &mut Writer<'_>, mut at: usize, end: usize) -> Option<()> {
    while at < end {
        at = writer.attributes(at, 4)?;
        let comma = writer.find(Kind::is_comma, at, end);
        writer.line(at, comma, ",", 4)?;
        at = comma + 1;
    }
    Some(())
}

/// The members of an impl.
fn members(writer: &mut Writer<'_>, mut at: usize, close: usize) -> Option<()> {
    let mut was_line = true;
    let first = at;
    while at < close {
        let end = item_end(writer.tokens, at);
        let is_line = matches!(writer.tokens[end - 1].kind, Kind::Semicolon);
        let has_attributes = matches!(writer.tokens[at].kind, Kind::Hash | Kind::Comment);
        if at > first && !(is_line && was_line && !has_attributes) {
            writer.blank();
        }
        at = writer.attributes(at, 4)?;
        match is_line {
            true => constant(writer, at, end)?,
            false => body::function(writer, at, end)?,
        }
        (at, was_line) = (end, is_line);
    }
    Some(())
}

/// A constant or a type.
fn constant(writer: &mut Writer<'_>, at: usize, end: usize) -> Option<()> {
    if writer.fits(at, end, "", 4) {
        return writer.line(at, end, "", 4);
    }
    // A list, with an element on each line.
    let close = end - 2;
    let mut open = at;
    while open < close && writer.tokens[open].close != close {
        open += 1;
    }
    if open + 1 >= close || !matches!(writer.tokens[open].kind, Kind::Open(Delimiter::Bracket)) {
        return None;
    }
    writer.line(at, open + 1, "", 4)?;
    writer.list(open + 1, close, 8)?;
    writer.raw("];", 4);
    Some(())
}
