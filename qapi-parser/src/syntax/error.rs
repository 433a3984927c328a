//! Syntax errors.

/// The result of a nom parser.
pub(super) type Parsed<'a, T> = nom::IResult<&'a str, T, Box<SyntaxError<'a>>>;

/// A syntax error at a token.
#[derive(Debug)]
pub(super) struct SyntaxError<'a> {
    pub(super) at: &'a str,
    pub(super) rest: &'a str,
    pub(super) message: String,
    pub(super) narrow: Option<&'a str>,
    pub(super) label: Option<(&'a str, &'static str)>,
    pub(super) hint: Option<&'static str>,
}

impl<'a> SyntaxError<'a> {
    /// Creates an error at `at`, which is followed by `rest`.
    pub(super) fn new(at: &'a str, rest: &'a str, message: impl Into<String>) -> Self {
        Self {
            at,
            rest,
            message: message.into(),
            narrow: None,
            label: None,
            hint: None,
        }
    }

    /// Underlines a narrower place than the token.
    pub(super) fn underline(mut self, narrow: &'a str) -> Self {
        self.narrow = Some(narrow);
        self
    }

    pub(super) fn label(mut self, at: &'a str, text: &'static str) -> Self {
        self.label = Some((at, text));
        self
    }

    pub(super) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Ends parsing of this item without trying alternatives.
    pub(super) fn fail<T>(self) -> Parsed<'a, T> {
        Err(nom::Err::Failure(Box::new(self)))
    }
}

impl<'a> nom::error::ParseError<&'a str> for Box<SyntaxError<'a>> {
    fn from_error_kind(input: &'a str, _: nom::error::ErrorKind) -> Self {
        Self::new(SyntaxError::new(&input[..0], input, "unexpected text"))
    }

    fn append(_: &'a str, _: nom::error::ErrorKind, other: Self) -> Self {
        other
    }
}
