// Errors start with the path to the invalid value, which is assembled on the way out.

use ::serde::de::Error;
use ::std::borrow::Cow;

/// A required member that is missing.
#[cold]
pub fn missing<E: Error>(name: Option<&&'static str>) -> E {
    at(name.unwrap_or(&""), E::custom("missing"))
}

/// Prepends an index to the path in an error.
#[cold]
pub fn at_index<E: Error>(index: usize, error: E) -> E {
    at(&format!("[{index}]"), error)
}

/// Prepends a member's name, or an index in brackets, to the path in an error.
///
/// The lengths of paths and messages are limited, so that reporting an error takes linear time at any depth.
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

/// Whether a text before a colon is a path. Paths contain no spaces, unlike the messages of deserializers.
pub fn is_path(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.[]…".contains(c);
    !text.is_empty() && text.chars().all(is_part)
}

/// The number of steps at either end of a long path that are kept.
const STEPS: usize = 8;

/// Replaces the middle of a path that has too many steps.
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

/// The number of bytes of a long message that are kept at its start and at its end, where the position in the text is.
const MESSAGE: (usize, usize) = (500, 100);

/// Replaces the middle of a message that quotes a long value.
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
