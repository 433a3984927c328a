//! Forms of the language that QEMU has given up: lenient mode accepts each with a warning that says since when it is gone.
//!
//! Implements section 7 of `docs/qapi.md`.

/// An old form.
pub(crate) struct Dialect {
    /// The first release of QEMU that does not accept it.
    gone_in: &'static str,
    /// What QEMU does instead since then.
    now: &'static str,
}

impl Dialect {
    pub(crate) const MISSING_COMMA: Self = Self::new("1.6", "require a comma here");
    pub(crate) const TRAILING_COMMA: Self = Self::new("1.3", "allow no trailing comma");
    pub(crate) const COMMA_BEHIND_DEFINITION: Self =
        Self::new("1.6", "allow no comma behind a definition");
    pub(crate) const ESCAPES: Self =
        Self::new("4.2", r"have no escape but \\; write the character itself");

    const fn new(gone_in: &'static str, now: &'static str) -> Self {
        Self { gone_in, now }
    }

    /// Since when the form is gone, and what to write instead.
    pub(crate) fn hint(&self) -> String {
        format!("QEMU {} and later {}", self.gone_in, self.now)
    }
}
