//! Escapes in strings: `\\`, and those of QEMU 2.4 to 4.1.

use nom::Offset;

use super::error::SyntaxError;

/// The content of strings, for messages.
pub(super) const STRINGS: &str =
    "strings contain only printable ASCII on one line, and the only escape is \\\\";

/// An escape sequence.
pub(super) struct Escape<'a> {
    /// The text from the backslash on.
    pub(super) text: &'a str,
    /// The character that it stands for.
    char: char,
}

/// Parses the escape at the start of a text.
pub(super) fn first(text: &str) -> Option<Escape<'_>> {
    let behind = text.strip_prefix('\\')?;
    let (char, length) = match behind.bytes().next()? {
        byte @ (b'\\' | b'/' | b'\'' | b'"') => (byte.into(), 2),
        b'b' => ('\x08', 2),
        b'f' => ('\x0c', 2),
        b'n' => ('\n', 2),
        b'r' => ('\r', 2),
        b't' => ('\t', 2),
        b'u' => (ascii(behind.get(1..5)?)?, 6),
        _ => return None,
    };
    let text = &text[..length];
    Some(Escape { text, char })
}

/// The character for four hexadecimal digits, which has always been limited to ASCII.
fn ascii(digits: &str) -> Option<char> {
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
    matches!(code, 0x01..=0x7f).then(|| code.into())
}

/// The first escape in a text that current QEMU does not know.
pub(super) fn first_old(text: &str) -> Option<Escape<'_>> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('\\')?..];
        let escape = first(rest)?;
        if escape.text != "\\\\" {
            return Some(escape);
        }
        rest = &rest[escape.text.len()..];
    }
}

/// The error for an escape in the string at the start of `input`.
pub(super) fn unknown<'a>(input: &'a str, escape: &'a str) -> SyntaxError<'a> {
    let before = input.offset(escape);
    let letter = escape.chars().nth(1).unwrap_or_default();
    SyntaxError::new(
        &input[..before],
        &input[before..],
        format!("unknown escape \\{letter}"),
    )
    .underline(escape)
    .hint(STRINGS)
}

/// The value of a string, without quotes and with escapes resolved.
pub(super) fn unescape(text: &str) -> String {
    let mut rest = &text[1..text.len() - 1];
    let mut string = String::with_capacity(rest.len());
    while let Some(at) = rest.find('\\') {
        string.push_str(&rest[..at]);
        rest = &rest[at..];
        // The lexer accepts no other escapes.
        let Some(escape) = first(rest) else { break };
        string.push(escape.char);
        rest = &rest[escape.text.len()..];
    }
    string + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_a_string_excludes_its_quotes() {
        assert_eq!(unescape("''"), "");
        assert_eq!(unescape("' a b '"), " a b ");
        assert_eq!(unescape(r"'a\\b\\\\'"), r"a\b\\");
        assert_eq!(unescape(r#"'\u0041\u007a\/\'\"\n\\n'"#), "Az/'\"\n\\n");
    }

    #[test]
    fn only_ascii_could_be_escaped_by_number() {
        assert_eq!(
            first(r"\u006frd").map(|escape| escape.text),
            Some(r"\u006f")
        );
        for text in [
            r"\u0000", r"\u0080", r"\u00e9", r"\u+041", r"\u41", r"\u004", r"\u00é", r"\x41", r"\",
            "u0041", "",
        ] {
            assert!(first(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_first_old_escape_is_found_after_others() {
        let first_old = |text| first_old(text).map(|escape| escape.text);
        assert_eq!(first_old(r"'a\\\u0041\n'"), Some(r"\u0041"));
        assert_eq!(first_old(r"'a\\u0041'"), None);
    }
}
