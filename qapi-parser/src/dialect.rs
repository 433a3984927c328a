//! Old forms of the language. Lenient mode accepts each with a warning that names the release that removed it.
//!
//! Implements docs/qapi.md section 7.

use std::fmt::Display;

/// An old form.
pub(crate) struct Dialect {
    /// The first release of QEMU that does not accept it.
    gone_in: &'static str,
    /// What QEMU does since that release.
    now: &'static str,
}

#[rustfmt::skip]
impl Dialect {
    pub(crate) const TRAILING_COMMA: Self = Self::new("1.3", "do not allow a trailing comma; remove it");
    pub(crate) const MISSING_COMMA: Self = Self::new("1.6", "require a comma here");
    pub(crate) const COMMA_BEHIND_DEFINITION: Self = Self::new("1.6", "do not allow a comma after a definition; remove it");
    pub(crate) const STRING_DISCRIMINATOR: Self = Self::new("2.0", "require a discriminator of enum type");
    pub(crate) const TYPE: Self = Self::new("2.4", "use the keyword 'struct'");
    pub(crate) const STRUCT_WITHOUT_NAME: Self = Self::new("2.4", "do not allow nested structs; give this one a name");
    pub(crate) const UNION_AS_ALTERNATE: Self = Self::new("2.4", "use the keyword 'alternate'");
    pub(crate) const SIMPLE_UNION_WITH_BASE: Self = Self::new("2.4", "require a 'discriminator' next to 'base'");
    pub(crate) const FLAG_AS_STRING: Self = Self::new("2.4", "use");
    pub(crate) const DOTTED_NAME: Self = Self::new("2.5", "do not allow dots in this name");
    pub(crate) const ANY_TYPE: Self = Self::new("2.5", "call it 'any'");
    pub(crate) const EMPTY_UNION: Self = Self::new("2.6", "require at least one branch");
    pub(crate) const EMPTY_ALTERNATE: Self = Self::new("2.6", "require at least one alternative");
    pub(crate) const SYMBOL_WITHOUT_COLON: Self = Self::new("2.8", "require a colon: use");
    pub(crate) const MEMBER_BEHIND_SECTION: Self = Self::new("2.8", "require members before sections");
    pub(crate) const INT_AND_NUMBER: Self = Self::new("2.10", "treat all numbers as one type");
    pub(crate) const STRING_LIKE_ANOTHER: Self = Self::new("2.10", "reject alternatives that look the same as plain text, such as on the command line");
    pub(crate) const ESCAPES: Self = Self::new("4.2", r"have no escape but \\; use the character itself");
    pub(crate) const BOXED_ALTERNATE: Self = Self::new("4.2", "require a struct or a union here");
    pub(crate) const PRAGMA: Self = Self::new("6.0", "use");
    pub(crate) const SIMPLE_UNION: Self = Self::new(
        "6.2",
        "require 'base' and 'discriminator', and structs with 'data' as branches",
    );
    pub(crate) const C_CONDITION: Self = Self::new("6.2", "use");
    pub(crate) const NOTE_OR_EXAMPLE: Self = Self::new("9.1", "use");

    const fn new(gone_in: &'static str, now: &'static str) -> Self {
        Self { gone_in, now }
    }
}

impl Dialect {
    /// Names the release that removed the form, and what replaces it.
    pub(crate) fn hint(&self) -> String {
        format!("QEMU {} and later {}", self.gone_in, self.now)
    }

    /// The same, with the replacement spelled out.
    pub(crate) fn hint_to_write(&self, form: impl Display) -> String {
        format!("{} {form}", self.hint())
    }
}
