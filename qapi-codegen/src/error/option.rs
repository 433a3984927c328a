//! Errors in options.

use std::fmt;

/// A call of a builder's method that does not fit the schema, or whose argument is not valid Rust.
///
/// It displays as
/// `` `.only(["query-statsu"])` in the build script: the schema has no definition 'query-statsu'; did you mean
/// 'query-status'? ``
#[derive(Clone, Debug)]
pub struct OptionError {
    method: &'static str,
    arguments: Vec<Argument>,
    message: String,
    hint: Option<String>,
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub(crate) enum Argument {
    Text(String),
    /// One element of a list.
    Element(String),
    Bool(bool),
}

impl Argument {
    pub(crate) fn list(element: &str) -> Self {
        Self::Element(element.to_owned())
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<bool> for Argument {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl OptionError {
    /// An error in the call of `method` with `arguments`.
    pub(crate) fn new(method: &'static str, arguments: impl IntoIterator<Item = Argument>) -> Self {
        Self {
            method,
            arguments: arguments.into_iter().collect(),
            message: String::new(),
            hint: None,
        }
    }

    /// Sets the message.
    pub(crate) fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// Sets the hint.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The name of the method, such as `only`.
    pub fn method(&self) -> &str {
        self.method
    }

    /// The arguments as text, without quotes.
    pub fn arguments(&self) -> Vec<String> {
        let text = |argument: &Argument| match argument {
            Argument::Text(text) | Argument::Element(text) => text.clone(),
            Argument::Bool(value) => value.to_string(),
        };
        self.arguments.iter().map(text).collect()
    }

    /// The message, and the hint if there is one.
    pub fn explanation(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{}; {hint}", self.message),
            None => self.message.clone(),
        }
    }
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`.{}(", self.method)?;
        for (index, argument) in self.arguments.iter().enumerate() {
            let separator = if index > 0 { ", " } else { "" };
            write!(f, "{separator}{argument}")?;
        }
        write!(f, ")` in the build script: {}", self.explanation())
    }
}

/// The argument as Rust source.
impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Element(text) => write!(f, "[{text:?}]"),
            Self::Bool(value) => write!(f, "{value}"),
        }
    }
}

impl std::error::Error for OptionError {}
