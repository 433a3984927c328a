// An error carries the path to the member at fault, put together on the way out.

use ::serde::de::Error;

/// A mandatory member that did not come.
#[cold]
pub fn missing<E: Error>(name: Option<&&'static str>) -> E {
    at(name.unwrap_or(&""), E::custom("missing"))
}

/// Puts a member's name, or an index in brackets, before the path in an error.
#[cold]
pub fn at<E: Error>(segment: &str, error: E) -> E {
    let text = error.to_string();
    // A path has no space in it and ends with a colon; no message of a deserializer starts so.
    let path = text.split_once(": ").map_or("", |(path, _)| path);
    let is_path = |c: char| c.is_ascii_alphanumeric() || "-_.[]".contains(c);
    let joint = match path.is_empty() || !path.chars().all(is_path) {
        true => ": ",
        false if path.starts_with('[') => "",
        false => ".",
    };
    E::custom(format_args!("{segment}{joint}{text}"))
}
