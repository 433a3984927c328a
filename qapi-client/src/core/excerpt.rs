//! Received bytes, shortened for error messages.

use std::fmt::Write as _;

/// The number of bytes shown.
const SHOWN: usize = 200;

/// Shortens received bytes, and escapes unprintable characters.
pub(crate) fn excerpt(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes[..bytes.len().min(SHOWN)].utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                // Quotes and backslashes are part of JSON and stay readable.
                '"' | '\'' | '\\' => text.push(character),
                _ => text.extend(character.escape_debug()),
            }
        }
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    if bytes.len() > SHOWN {
        let _ = write!(text, "... ({} bytes)", bytes.len());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn an_excerpt_escapes_unprintable_characters() {
        assert_eq!(excerpt(b"{\"a\": \0\xff\n}"), "{\"a\": \\0\\xff\\n}");
    }

    #[test]
    fn an_excerpt_is_short_and_has_the_full_length() {
        let text = excerpt(&[b'a'; 1_000_000]);
        assert!(text.len() < 250, "{text}");
        assert!(text.ends_with("... (1000000 bytes)"), "{text}");
    }
}
