//! Splits text into tokens.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::combinator::value;

use super::error::{Parsed, SyntaxError};
use super::escape;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Colon,
    Comma,
    String {
        has_escapes: bool,
    },
    True,
    False,
    /// `#` to the end of the line.
    Comment,
    End,
}

impl TokenKind {
    /// Whether a value can begin with such a token.
    pub(super) fn starts_value(self) -> bool {
        matches!(
            self,
            Self::OpenBrace | Self::OpenBracket | Self::String { .. } | Self::True | Self::False
        )
    }
}

/// A token and the text that it covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    pub(super) text: &'a str,
}

/// The next token, which may be a comment.
pub(super) fn token_or_comment(input: &str) -> Parsed<'_, Token<'_>> {
    let (input, gap) = gap(input)?;
    let Some(first) = input.bytes().next() else {
        return Ok((input, end(gap, input)));
    };
    let punctuation = |kind| Ok((&input[1..], kind));
    let (rest, kind) = match first {
        b'{' => punctuation(TokenKind::OpenBrace),
        b'}' => punctuation(TokenKind::CloseBrace),
        b'[' => punctuation(TokenKind::OpenBracket),
        b']' => punctuation(TokenKind::CloseBracket),
        b':' => punctuation(TokenKind::Colon),
        b',' => punctuation(TokenKind::Comma),
        b'#' => comment(input),
        b'\'' => string(input),
        _ => alt((
            value(TokenKind::True, tag("true")),
            value(TokenKind::False, tag("false")),
            unexpected,
        ))
        .parse(input),
    }?;
    let text = &input[..input.len() - rest.len()];
    Ok((rest, Token { kind, text }))
}

/// Skips white space. Nearly all of it is blanks and line ends, which need no decoding.
fn gap(input: &str) -> Parsed<'_, &str> {
    let is_plain = |byte: &u8| matches!(byte, b' ' | b'\n');
    let plain = input.bytes().take_while(|byte| is_plain(byte)).count();
    let rest = match input.as_bytes().get(plain) {
        None | Some(b'!'..=b'~') => &input[plain..],
        Some(_) => take_while(is_space)(&input[plain..])?.0,
    };
    Ok((rest, &input[..input.len() - rest.len()]))
}

/// Everything up to the end of the line. Comments are most of a schema, and nom would process each character.
fn comment(input: &str) -> Parsed<'_, TokenKind> {
    let end = memchr::memchr(b'\n', input.as_bytes()).unwrap_or(input.len());
    Ok((&input[end..], TokenKind::Comment))
}

/// The fast path for the comment on the next line, unless that starts or ends documentation.
pub(super) fn line_below(input: &str) -> Option<(&str, &str)> {
    let line = input.strip_prefix('\n')?;
    match line.as_bytes() {
        [b'#', b'#', ..] => None,
        [b'#', ..] => {
            let end = memchr::memchr(b'\n', line.as_bytes()).unwrap_or(line.len());
            Some((&line[end..], &line[..end]))
        }
        _ => None,
    }
}

/// The end of the file is reported where its last line ends.
fn end<'a>(gap: &'a str, input: &'a str) -> Token<'a> {
    let text = match gap.strip_suffix('\n') {
        Some(before) => &gap[before.len()..],
        None => input,
    };
    Token {
        kind: TokenKind::End,
        text,
    }
}

/// White space as Python defines it: four control characters more than in Unicode.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// A single-quoted string: printable ASCII with the escape `\\`, or with one of the old escapes.
fn string(input: &str) -> Parsed<'_, TokenKind> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'\'' && byte != b'\\';
    let mut rest = &input[1..];
    let mut has_escapes = false;
    loop {
        let plain = rest.bytes().take_while(|&byte| is_plain(byte)).count();
        rest = &rest[plain..];
        if let Some(behind) = rest.strip_prefix('\'') {
            return Ok((behind, TokenKind::String { has_escapes }));
        }
        let Some(escape) = escape::first(rest) else {
            break;
        };
        rest = &rest[escape.text.len()..];
        has_escapes = true;
    }
    // QEMU stops at the first escape that it does not know.
    let token = &input[..input.len() - rest.len()];
    if let Some(old) = escape::first_old(token).filter(|_| has_escapes) {
        return escape::unknown(input, old.text).fail();
    }
    let mut ahead = rest.chars();
    let (fault, width) = match (ahead.next(), ahead.next()) {
        (None | Some('\n'), _) | (Some('\\'), None | Some('\n')) => {
            ("missing terminating \"'\"".to_owned(), 0)
        }
        (Some('\\'), Some(escape)) => {
            let escape = &rest[..1 + escape.len_utf8()];
            return escape::unknown(input, escape).fail();
        }
        (Some(funny), _) => ("funny character in string".to_owned(), funny.len_utf8()),
    };
    let error = SyntaxError::new(token, rest, fault).hint(escape::STRINGS);
    match width {
        0 => error.fail(),
        width => error.underline(&rest[..width]).fail(),
    }
}

/// Text that does not start a token, up to the next character that could.
fn unexpected(input: &str) -> Parsed<'_, TokenKind> {
    let ordinary = |c: char| !is_space(c) && !"[]{}:,'".contains(c);
    let (rest, text) = take_while1(ordinary)(input)?;
    let error = SyntaxError::new(text, rest, format!("unexpected '{text}'"));
    if let Some(behind) = text.strip_prefix('\u{feff}') {
        let mark = &text[..text.len() - behind.len()];
        return SyntaxError::new(mark, rest, "unexpected byte-order mark")
            .hint("save the file as UTF-8 without a byte-order mark")
            .fail();
    }
    match text.starts_with('"') {
        true => error.hint("strings must use single quotes").fail(),
        false => error
            .hint("values are single-quoted strings, true, false, objects and lists")
            .fail(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of all tokens, including comments, and the message of an error at the end.
    fn texts(mut input: &str) -> Vec<String> {
        let mut texts = vec![];
        loop {
            match token_or_comment(input) {
                Ok((_, token)) if token.kind == TokenKind::End => return texts,
                Ok((rest, token)) => {
                    texts.push(token.text.to_owned());
                    input = rest;
                }
                Err(nom::Err::Error(error) | nom::Err::Failure(error)) => {
                    texts.push(format!("{}: {}", error.at, error.message));
                    return texts;
                }
                Err(error) => panic!("{error}"),
            }
        }
    }

    #[test]
    fn text_is_split_into_tokens() {
        assert_eq!(
            texts("{'a':[true,false]}# b\n##"),
            [
                "{", "'a'", ":", "[", "true", ",", "false", "]", "}", "# b", "##"
            ]
        );
        assert_eq!(texts(" \t\r\n\x0b\x0c\x1c\u{a0}'a'"), ["'a'"]);
        assert_eq!(texts("'a#b' # 'c"), ["'a#b'", "# 'c"]);
        assert_eq!(texts("truefalse"), ["true", "false"]);
    }

    #[test]
    fn unexpected_text_extends_to_the_next_token() {
        assert_eq!(texts("{ 12,"), ["{", "12: unexpected '12'"]);
        assert_eq!(texts("a-b'c'"), ["a-b: unexpected 'a-b'"]);
        assert_eq!(texts("True"), ["True: unexpected 'True'"]);
        assert_eq!(texts("trueish"), ["true", "ish: unexpected 'ish'"]);
        assert_eq!(texts("é]"), ["é: unexpected 'é'"]);
    }

    #[test]
    fn a_string_may_have_escapes() {
        let has_escapes = |text, expected| {
            let kind = token_or_comment(text).unwrap().1.kind;
            assert_eq!(
                kind,
                TokenKind::String {
                    has_escapes: expected
                }
            );
        };
        has_escapes("'a'", false);
        has_escapes(r"'a\\b'", true);
    }

    #[test]
    fn the_end_is_where_the_last_line_ends() {
        let text = "true\n\n";
        let rest = token_or_comment(text).unwrap().0;
        let (_, end) = token_or_comment(rest).unwrap();
        assert_eq!((end.kind, end.text), (TokenKind::End, "\n"));
        assert_eq!(end.text.as_ptr(), text[5..].as_ptr());
    }
}
