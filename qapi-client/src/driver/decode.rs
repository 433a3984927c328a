//! Decodes replies and events of any nesting depth.

use std::io;
use std::thread;

use serde::de::DeserializeOwned;

use crate::core::excerpt;
use crate::driver::error::{Error, Outcome};
use crate::envelope::is_path;

/// The default of `max_depth`.
pub(crate) const DEFAULT_MAX_DEPTH: usize = 1024;

/// The depth up to which values are decoded on the current stack. For the largest types of QMP, that takes 400 KiB in a build without
/// optimization.
const SHALLOW: usize = 32;

/// Stack space for one level of nesting, measured with the largest types of QMP in a build without optimization.
const STACK_PER_LEVEL: usize = 64 * 1024;

/// Decodes the reply to a command, or an event. The outcome of the command is part of the error.
///
/// A value that nests deeply, such as a long chain of backing images, is decoded on a thread with a larger stack.
pub(crate) fn decode<T: DeserializeOwned + Send>(
    text: &str,
    what: &'static str,
    outcome: Option<Outcome>,
    max_depth: usize,
) -> Result<T, Error> {
    let depth = depth(text, SHALLOW.min(max_depth));
    let fail = |reason| Error::Undecodable {
        what,
        outcome,
        path: String::new(),
        reason,
        text: excerpt(text.as_bytes()),
    };
    if depth > max_depth {
        return Err(fail(format!(
            "it nests {depth} levels deep, which is more than {max_depth} (raise the limit with `max_depth`)"
        )));
    }
    let decoded = match depth <= SHALLOW {
        true => serde_json::from_str(text),
        false => decode_deep(text, depth).map_err(|error| {
            fail(format!(
                "no thread can be started for {depth} levels of nesting: {error}"
            ))
        })?,
    };
    decoded.map_err(|error| undecodable(what, outcome, &error, text))
}

fn decode_deep<T: DeserializeOwned + Send>(
    text: &str,
    depth: usize,
) -> io::Result<serde_json::Result<T>> {
    let decode = || {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        deserializer.disable_recursion_limit();
        let value = T::deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok(value)
    };
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name("qapi-decode".to_owned())
            .stack_size(depth.saturating_mul(STACK_PER_LEVEL))
            .spawn_scoped(scope, decode)?;
        match thread.join() {
            Ok(decoded) => Ok(decoded),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// The nesting depth of a JSON text, or 0 if it has too few brackets to nest deeper than `shallow`.
fn depth(text: &str, shallow: usize) -> usize {
    // Most messages end here. The bit is the difference between `[` and `{`, and the compiler vectorizes this loop.
    let brackets = text.bytes().filter(|byte| byte | 0x20 == b'{').count();
    if brackets <= shallow {
        return 0;
    }
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => {
                while let Some(byte) = bytes.next() {
                    match byte {
                        b'\\' => drop(bytes.next()),
                        b'"' => break,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    deepest
}

/// Splits off the path that generated code puts before an error.
fn undecodable(
    what: &'static str,
    outcome: Option<Outcome>,
    error: &serde_json::Error,
    text: &str,
) -> Error {
    let message = error.to_string();
    let (path, reason) = match message.split_once(": ") {
        Some((path, reason)) if is_path(path) => (path, reason),
        _ => ("", message.as_str()),
    };
    Error::Undecodable {
        what,
        outcome,
        path: path.to_owned(),
        reason: reason.to_owned(),
        text: around(text, error.column()),
    }
}

/// The part of a text that is around a column, which counts from 1.
fn around(text: &str, column: usize) -> String {
    const BEFORE: usize = 80;
    let bytes = text.as_bytes();
    let start = column.min(bytes.len()).saturating_sub(BEFORE);
    match start {
        0 => excerpt(bytes),
        _ => format!("...{}", excerpt(&bytes[start..])),
    }
}
