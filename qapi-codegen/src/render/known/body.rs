//! Functions.

use super::scan::{Delimiter, Kind};
use super::writer::Writer;

/// A function in an impl.
pub(super) fn function(writer: &mut Writer<'_>, at: usize, end: usize) -> Option<()> {
    let open = writer.find(Kind::is_brace, at, end);
    let (from, close) = (open + 1, end - 1);
    if from == close {
        return writer.line(at, end, "", 4);
    }
    match writer.fits(at, from, "", 4) {
        true => writer.line(at, from, "", 4)?,
        false => signature(writer, at, from)?,
    }
    let mut at = from;
    while at < close {
        let stop = writer.find(Kind::is_semicolon, at, close);
        if stop == close {
            tail(writer, at, close)?;
        } else {
            statement(writer, at, stop)?;
        }
        at = stop + 1;
    }
    writer.raw("}", 4);
    Some(())
}

/// A signature that is too wide: a parameter on each line.
fn signature(writer: &mut Writer<'_>, at: usize, end: usize) -> Option<()> {
    let tokens = writer.tokens;
    let open = writer.find(Kind::is_parenthesis, at, end);
    let close = tokens[open].close;
    if open + 1 >= close {
        return None;
    }
    writer.line(at, open + 1, "", 4)?;
    writer.list(open + 1, close, 8)?;
    writer.line(close, end, "", 4)
}

/// A statement on one line, or with the arguments of its last call on a line each.
fn statement(writer: &mut Writer<'_>, at: usize, end: usize) -> Option<()> {
    if writer.fits(at, end, ";", 8) {
        return writer.expression(at, end, ";", 8);
    }
    let assigned = writer.find(Kind::is_equals, at, end) + 1;
    call(writer, at, assigned, end, 8)?;
    writer.raw(");", 8);
    Some(())
}

/// A call that is too wide, without its last parenthesis; `from` is where its path starts.
fn call(writer: &mut Writer<'_>, at: usize, from: usize, end: usize, indent: usize) -> Option<()> {
    let tokens = writer.tokens;
    let open = writer.find(Kind::is_parenthesis, from, end);
    let is_method = writer.find(Kind::is_dot, from, end) < end;
    if open + 1 >= end || is_method || tokens[open].close + 1 != end || open + 2 == end {
        return None;
    }
    writer.line(at, open + 1, "", indent)?;
    writer.list(open + 1, end - 1, indent + 4)
}

/// The last expression of a body.
fn tail(writer: &mut Writer<'_>, at: usize, end: usize) -> Option<()> {
    let tokens = writer.tokens;
    let open = writer.find(Kind::is_brace, at, end);
    if open < end && tokens[open].close + 1 == end {
        if writer.text(at) == "match" {
            writer.line(at, open + 1, "", 8)?;
            arms(writer, open + 1, end - 1)?;
            writer.raw("}", 8);
            return Some(());
        }
        if open == at + 1 && !writer.is_flat(at, end) {
            writer.line(at, open + 1, "", 8)?;
            writer.list(open + 1, end - 1, 12)?;
            writer.raw("}", 8);
            return Some(());
        }
    }
    value(writer, at, end, 8)
}

/// An expression on one line, or its parts.
fn value(writer: &mut Writer<'_>, at: usize, end: usize, indent: usize) -> Option<()> {
    if writer.fits(at, end, "", indent) {
        return writer.expression(at, end, "", indent);
    }
    let dot = writer.find(Kind::is_dot, at, end);
    if dot == end {
        call(writer, at, at, end, indent)?;
        writer.raw(")", indent);
        return Some(());
    }
    // A chain of calls, unless it starts with a word, which is sometimes on a line with the first call.
    if dot == at + 1 {
        return None;
    }
    writer.expression(at, dot, "", indent)?;
    let mut from = dot;
    while from < end {
        let dot = writer.find(Kind::is_dot, from + 1, end);
        writer.expression(from, dot, "", indent + 4)?;
        from = dot;
    }
    Some(())
}

fn arms(writer: &mut Writer<'_>, mut at: usize, end: usize) -> Option<()> {
    let tokens = writer.tokens;
    while at < end {
        let arrow = writer.find(Kind::is_fat_arrow, at, end);
        let (mut from, mut to) = (arrow + 1, writer.find(Kind::is_comma, arrow, end));
        let mut next = to + 1;
        if let Kind::Open(Delimiter::Brace) = tokens.get(from)?.kind {
            // Braces around a single expression, which are printed only if it is too wide.
            let close = tokens[from].close;
            next = if to == close + 1 { to + 1 } else { close + 1 };
            (from, to) = (from + 1, close);
            if from == to || writer.find(Kind::is_semicolon, from, to) < to {
                return None;
            }
        }
        if !writer.is_flat(from, to) {
            return None;
        }
        if !writer.arm(at..arrow + 1, from..to, 12) {
            writer.line(at, arrow + 1, " {", 12)?;
            value(writer, from, to, 16)?;
            writer.raw("}", 12);
        }
        at = next;
    }
    Some(())
}
