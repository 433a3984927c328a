//! The tokens of Rust text, with the spaces that a single line has between them.

/// The kind of a token, as far as layout depends on it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A line with `///`.
    Comment,
    /// An identifier, a number or a string.
    Word,
    /// A keyword that no path starts with.
    Keyword,
    Lifetime,
    Open(Delimiter),
    Close(Delimiter),
    /// `|` before and after the parameters of a closure.
    Bar(bool),
    Comma,
    Semicolon,
    Colon,
    PathSeparator,
    Dot,
    Equals,
    Plus,
    And,
    Hash,
    Bang,
    Arrow,
    FatArrow,
}

impl Kind {
    pub(super) fn is_comma(self) -> bool {
        matches!(self, Self::Comma)
    }

    pub(super) fn is_semicolon(self) -> bool {
        matches!(self, Self::Semicolon)
    }

    pub(super) fn is_keyword(self) -> bool {
        matches!(self, Self::Keyword)
    }

    pub(super) fn is_equals(self) -> bool {
        matches!(self, Self::Equals)
    }

    pub(super) fn is_dot(self) -> bool {
        matches!(self, Self::Dot)
    }

    pub(super) fn is_fat_arrow(self) -> bool {
        matches!(self, Self::FatArrow)
    }

    pub(super) fn is_brace(self) -> bool {
        matches!(self, Self::Open(Delimiter::Brace))
    }

    pub(super) fn is_parenthesis(self) -> bool {
        matches!(self, Self::Open(Delimiter::Parenthesis))
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Delimiter {
    Parenthesis,
    Bracket,
    Brace,
    /// `<` and `>`, which are never operators.
    Angle,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where it starts in the code, in bytes.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) stop: usize,
    /// Whether a space is before it.
    pub(super) spaced: bool,
    /// Whether the text has just that before it.
    pub(super) is_adjacent: bool,
    /// Its column if all tokens were on one line.
    pub(super) column: usize,
    /// For an opening delimiter, the index of the closing one.
    pub(super) close: usize,
}

impl Token {
    /// The column after it.
    pub(super) fn end(&self) -> usize {
        self.column + self.stop - self.start
    }
}

/// The tokens, unless there is one that emission does not use.
pub(super) fn scan(code: &str) -> Option<Vec<Token>> {
    let bytes = code.as_bytes();
    let mut tokens: Vec<Token> = Vec::with_capacity(bytes.len() / 4);
    let mut open: Vec<usize> = Vec::new();
    let mut previous = Kind::Semicolon;
    let (mut at, mut column, mut is_closure) = (0, 0, false);
    // Where the last token ends.
    let mut end = 0;
    while at < bytes.len() {
        let start = at;
        let next = if at + 1 < bytes.len() {
            bytes[at + 1]
        } else {
            b' '
        };
        at += 1;
        let kind = match bytes[start] {
            b' ' | b'\n' => {
                while at < bytes.len() && bytes[at] == b' ' {
                    at += 1;
                }
                continue;
            }
            b'r' if next == b'"' => {
                at = start + 2;
                while *bytes.get(at)? != b'"' {
                    at += 1;
                }
                at += 1;
                Kind::Word
            }
            b'r' if next == b'#' => {
                at = raw_word_end(bytes, start + 2)?;
                Kind::Word
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'0'..=b'9' | 0x80.. => {
                at = word_end(bytes, at);
                match &bytes[start..at] {
                    b"as" | b"const" | b"enum" | b"fn" | b"for" | b"impl" | b"let" | b"match"
                    | b"mod" | b"mut" | b"pub" | b"struct" | b"type" | b"use" => Kind::Keyword,
                    _ => Kind::Word,
                }
            }
            b'"' => {
                while *bytes.get(at)? != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
                Kind::Word
            }
            b'\'' => {
                at = word_end(bytes, at);
                // A character is not a lifetime.
                if bytes.get(at) == Some(&b'\'') {
                    return None;
                }
                Kind::Lifetime
            }
            b'/' if bytes[start..].starts_with(b"///") => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1;
                }
                Kind::Comment
            }
            b'(' => Kind::Open(Delimiter::Parenthesis),
            b'[' => Kind::Open(Delimiter::Bracket),
            b'{' => Kind::Open(Delimiter::Brace),
            b'<' => Kind::Open(Delimiter::Angle),
            b')' => Kind::Close(Delimiter::Parenthesis),
            b']' => Kind::Close(Delimiter::Bracket),
            b'}' => Kind::Close(Delimiter::Brace),
            b'>' => Kind::Close(Delimiter::Angle),
            b'|' => {
                is_closure = !is_closure;
                Kind::Bar(is_closure)
            }
            b':' if next == b':' => {
                at += 1;
                Kind::PathSeparator
            }
            b'-' if next == b'>' => {
                at += 1;
                Kind::Arrow
            }
            b'=' if next == b'>' => {
                at += 1;
                Kind::FatArrow
            }
            b',' => Kind::Comma,
            b';' => Kind::Semicolon,
            b':' => Kind::Colon,
            b'.' if next != b'.' => Kind::Dot,
            b'=' if next != b'=' => Kind::Equals,
            b'+' => Kind::Plus,
            b'&' if next != b'&' => Kind::And,
            b'#' => Kind::Hash,
            b'!' if next != b'=' => Kind::Bang,
            _ => return None,
        };
        match kind {
            Kind::Open(_) => open.push(tokens.len()),
            Kind::Close(_) => {
                let index = open.pop()?;
                tokens[index].close = tokens.len();
            }
            _ => {}
        }
        let spaced = is_spaced(previous, kind);
        if spaced {
            column += 1;
        }
        tokens.push(Token {
            kind,
            start,
            stop: at,
            spaced,
            is_adjacent: start - end == usize::from(spaced) && (!spaced || bytes[end] == b' '),
            column,
            close: 0,
        });
        column += at - start;
        previous = kind;
        end = at;
    }
    open.is_empty().then_some(tokens)
}

/// The end of the identifier or number that has a character before this place.
fn word_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'0'..=b'9' | 0x80.. => at += 1,
            _ => break,
        }
    }
    at
}

/// The end of a raw identifier or a raw string after `r#`.
fn raw_word_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    if !matches!(bytes.get(at)?, b'"' | b'#') {
        return Some(word_end(bytes, at));
    }
    let mut hashes = 1;
    while *bytes.get(at)? == b'#' {
        (at, hashes) = (at + 1, hashes + 1);
    }
    at += 1;
    let mut seen = None;
    while seen != Some(hashes) {
        seen = match (*bytes.get(at)?, seen) {
            (b'"', _) => Some(0),
            (b'#', Some(count)) => Some(count + 1),
            _ => None,
        };
        at += 1;
    }
    Some(at)
}

/// Whether a space is between two tokens.
fn is_spaced(previous: Kind, this: Kind) -> bool {
    use Delimiter::{Angle, Brace, Bracket, Parenthesis};
    match (previous, this) {
        (Kind::Open(Brace), Kind::Close(Brace)) => false,
        (Kind::Open(Brace), _) | (_, Kind::Close(Brace) | Kind::Open(Brace)) => true,
        (
            _,
            Kind::Comma
            | Kind::Semicolon
            | Kind::Colon
            | Kind::Dot
            | Kind::Close(_)
            | Kind::Bar(false),
        ) => false,
        (
            Kind::Open(_)
            | Kind::PathSeparator
            | Kind::Dot
            | Kind::And
            | Kind::Hash
            | Kind::Bar(true),
            _,
        ) => false,
        (Kind::Word | Kind::Close(Angle), Kind::PathSeparator) => false,
        (Kind::Word | Kind::Close(_), Kind::Open(Parenthesis | Bracket)) => false,
        (Kind::Word | Kind::Keyword, Kind::Open(Angle)) => false,
        (_, Kind::Bang) => false,
        (Kind::Bang, Kind::Open(_)) => false,
        _ => true,
    }
}
