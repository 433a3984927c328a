// An error carries the path to the value at fault, put together on the way out.

use ::serde::de::Error;
use ::std::borrow::Cow;

/// A required member that is missing.
#[cold]
pub fn missing<E: Error>(name: Option<&&'static str>) -> E {
    at(name.unwrap_or(&""), E::custom("missing"))
}

/// Puts an index before the path in an error.
#[cold]
pub fn at_index<E: Error>(index: usize, error: E) -> E {
    at(&format!("[{index}]"), error)
}

/// Puts a member's name, or an index in brackets, before the path in an error.
///
/// Paths and messages have a limit, so that an error at any depth takes linear time.
#[cold]
pub fn at<E: Error>(step: &str, error: E) -> E {
    let text = error.to_string();
    let (path, message) = match text.split_once(": ") {
        Some((path, message)) if is_path(path) => (path, message),
        _ => ("", &*text),
    };
    let joint = match path {
        "" => "",
        path if path.starts_with('[') => "",
        _ => ".",
    };
    let path = format!("{step}{joint}{path}");
    let (path, message) = (short_path(&path), short_message(message));
    E::custom(format_args!("{path}: {message}"))
}

/// Whether an error starts with a path: it has no space in it, and no message of a deserializer starts so.
fn is_path(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.[]…".contains(c);
    !text.is_empty() && text.chars().all(is_part)
}

/// How many steps of a long path are kept at either end.
const STEPS: usize = 8;

/// A path without the steps in its middle if there are too many.
fn short_path(path: &str) -> Cow<'_, str> {
    let starts = path.match_indices(['.', '[']).map(|(start, _)| start);
    let starts: Vec<usize> = starts.filter(|start| *start > 0).collect();
    match starts.len() >= 2 * STEPS {
        true => {
            let (head, tail) = (starts[STEPS - 1], starts[starts.len() - STEPS]);
            format!("{}.…{}", &path[..head], &path[tail..]).into()
        }
        false => path.into(),
    }
}

/// How many bytes of a long message are kept at its start, and at its end, where the position in the text stands.
const MESSAGE: (usize, usize) = (500, 100);

/// A message without its middle if it quotes a long value.
fn short_message(message: &str) -> Cow<'_, str> {
    let (head, tail) = MESSAGE;
    match message.len() > 2 * (head + tail) {
        true => {
            let is_boundary = |at: &usize| message.is_char_boundary(*at);
            let head = (0..=head).rev().find(is_boundary).unwrap_or(0);
            let tail = (message.len() - tail..).find(is_boundary).unwrap_or(0);
            format!("{}…{}", &message[..head], &message[tail..]).into()
        }
        false => message.into(),
    }
}
