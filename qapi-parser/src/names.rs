//! Rules for names.
//!
//! Implements docs/qapi.md section 4.

use std::hash::{Hash, Hasher};

/// Why a name is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is not a valid name.
    Invalid,
    /// It has dots outside a downstream prefix, which QEMU up to 2.4 allows.
    Dotted,
    /// It is valid, but does not have the style of its kind.
    Style,
}

/// The characters that a stem may have. A stem is a name without its downstream and experimental prefixes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lower {
    pub(crate) permit_upper: bool,
    pub(crate) permit_underscore: bool,
}

impl Lower {
    /// No exceptions.
    pub(crate) const PLAIN: Self = Self::excepted(false);

    /// No restrictions, for the members of a type that a pragma excepts.
    pub(crate) const fn excepted(excepted: bool) -> Self {
        Self {
            permit_upper: excepted,
            permit_underscore: excepted,
        }
    }
}

/// A name without `__RFQDN_` and `x-`. `None` if it is invalid or reserved.
pub(crate) fn stem(name: &str) -> Option<&str> {
    let stem = match name.strip_prefix("__") {
        Some(rest) => {
            // The domain cannot contain `_`, so the first one ends the prefix.
            let (domain, stem) = rest.split_once('_')?;
            let is_domain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
            if domain.is_empty() || !domain.chars().all(is_domain) {
                return None;
            }
            stem
        }
        None => name,
    };
    let has_x = stem.len() > 2 && stem.as_bytes()[..2].eq_ignore_ascii_case(b"x-");
    // Without a valid name after it, `x-` belongs to the name.
    let stem = match has_x && is_stem(&stem[2..]) {
        true => &stem[2..],
        false => stem,
    };
    (is_stem(stem) && !is_reserved(name)).then_some(stem)
}

/// Names that begin with `q_` in C are reserved for QEMU.
fn is_reserved(name: &str) -> bool {
    let rest = name.strip_prefix('q');
    rest.is_some_and(|rest| rest.starts_with(['_', '-', '.']))
}

fn valid_stem(name: &str) -> Result<&str, Fault> {
    stem(name).ok_or_else(|| match stem(&name.replace('.', "-")) {
        Some(_) => Fault::Dotted,
        None => Fault::Invalid,
    })
}

fn is_stem(stem: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    stem.starts_with(|c: char| c.is_ascii_alphabetic()) && stem.bytes().all(is_part)
}

/// A name as a C identifier. Names with the same identifier collide.
#[derive(Clone, Copy)]
pub(crate) struct CName<'a>(pub(crate) &'a str);

impl CName<'_> {
    fn bytes(self) -> impl Iterator<Item = u8> {
        self.0.bytes().map(|byte| match byte {
            b'-' | b'.' => b'_',
            byte => byte,
        })
    }
}

impl PartialEq for CName<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.bytes().eq(other.bytes())
    }
}

impl Eq for CName<'_> {}

impl Hash for CName<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().for_each(|byte| state.write_u8(byte));
    }
}

/// The rule for events.
pub(crate) fn check_upper(name: &str) -> Result<(), Fault> {
    let stem = valid_stem(name)?;
    let bad = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    style(!stem.bytes().any(bad))
}

/// The rule for commands, members, branches of alternates, and features.
pub(crate) fn check_lower(name: &str, permit: Lower) -> Result<(), Fault> {
    let stem = valid_stem(name)?;
    let bad = |byte: u8| {
        byte.is_ascii_uppercase() && !permit.permit_upper
            || byte == b'_' && !permit.permit_underscore
    };
    style(!stem.bytes().any(bad))
}

/// The rule for values of enums, which may start with a digit.
pub(crate) fn check_value(name: &str, permit: Lower) -> Result<(), Fault> {
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => check_lower(&format!("d{name}"), permit),
        false => check_lower(name, permit),
    }
}

/// The rule for types.
pub(crate) fn check_camel(name: &str) -> Result<(), Fault> {
    let stem = valid_stem(name)?;
    let alphanumeric = stem.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let upper_first = stem.starts_with(|c: char| c.is_ascii_uppercase());
    let has_lower = stem.bytes().any(|byte| byte.is_ascii_lowercase());
    style(alphanumeric && upper_first && has_lower)
}

/// Whether a member name is reserved for generated C code.
pub(crate) fn is_reserved_member(name: &str) -> bool {
    name == "u" || name.starts_with("has-") || name.starts_with("has_")
}

fn style(good: bool) -> Result<(), Fault> {
    if good { Ok(()) } else { Err(Fault::Style) }
}

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher;

    use super::*;

    #[test]
    fn prefixes_are_not_part_of_the_stem() {
        assert_eq!(stem("node-name"), Some("node-name"));
        assert_eq!(stem("x-node"), Some("node"));
        assert_eq!(stem("x-"), Some("x-"));
        assert_eq!(stem("x-1"), Some("x-1"));
        assert_eq!(stem("__org.qemu_x-Enum"), Some("Enum"));
        assert_eq!(stem("__ORG.QEMU_X-EVENT"), Some("EVENT"));
        assert_eq!(stem("__com.redhat_drive_del"), Some("drive_del"));
        for bad in [
            "", "1a", "-a", "_a", "a.b", "a b", "*a", "__x", "___x", "q-unix", "q_obj", "ä",
        ] {
            assert_eq!(stem(bad), None, "{bad}");
        }
    }

    #[test]
    fn each_kind_has_its_style() {
        assert_eq!(check_upper("BLOCK_JOB_READY"), Ok(()));
        assert_eq!(check_upper("Block"), Err(Fault::Style));
        assert_eq!(check_lower("query-status", Lower::PLAIN), Ok(()));
        assert_eq!(check_lower("query_status", Lower::PLAIN), Err(Fault::Style));
        assert_eq!(check_lower("A_b", Lower::excepted(true)), Ok(()));
        assert_eq!(check_value("2nd", Lower::PLAIN), Ok(()));
        assert_eq!(check_value("", Lower::PLAIN), Err(Fault::Invalid));
        assert_eq!(check_value("l1.a", Lower::PLAIN), Err(Fault::Dotted));
        assert_eq!(check_camel("VncInfo2"), Ok(()));
        assert_eq!(check_camel("VNC"), Err(Fault::Style));
        assert_eq!(check_camel("Vnc-Info"), Err(Fault::Style));
    }

    #[test]
    fn names_that_are_one_in_c_are_equal() {
        let hash = |name| foldhash::fast::FixedState::default().hash_one(CName(name));
        for (a, b) in [("a-b", "a_b"), ("a.b", "a-b"), ("ab", "ab")] {
            assert!(CName(a) == CName(b) && hash(a) == hash(b), "{a} {b}");
        }
        assert!(CName("a-b") != CName("ab") && CName("a") != CName("a-"));
    }

    #[test]
    fn names_of_the_generated_c_are_reserved() {
        for name in ["u", "has-x", "has_x"] {
            assert!(is_reserved_member(name));
        }
        assert!(!is_reserved_member("hash"));
    }
}
