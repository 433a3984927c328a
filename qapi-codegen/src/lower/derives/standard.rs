//! The derive macros of the standard library.

use std::fmt;

/// A derive macro of the standard library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Derive {
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Default,
    Copy,
    PartialOrd,
    Ord,
}

/// All of them, in the order in which they are written.
pub(super) const DERIVES: [Derive; 9] = [
    Derive::Clone,
    Derive::Debug,
    Derive::PartialEq,
    Derive::Eq,
    Derive::Hash,
    Derive::Default,
    Derive::Copy,
    Derive::PartialOrd,
    Derive::Ord,
];

impl Derive {
    /// The derive at a path: `Eq`, `std::cmp::Eq` and `::core::cmp::Eq` are the same.
    pub(super) fn named(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.trim().split("::").map(str::trim).collect();
        let name = match segments[..] {
            [name] => name,
            ["std" | "core", .., name] | ["", "std" | "core", .., name] => name,
            _ => return None,
        };
        DERIVES
            .into_iter()
            .find(|derive| derive.to_string() == name)
    }

    /// Whether the derive at a path is this one, or requires it.
    pub(super) fn asks(path: &str, derive: Self) -> bool {
        Self::named(path).is_some_and(|asked| asked == derive || asked.needs(derive))
    }

    /// Whether a type with this derive must have the `other` one too.
    fn needs(self, other: Self) -> bool {
        match self {
            Self::Eq | Self::PartialOrd => other == Self::PartialEq,
            Self::Ord => matches!(other, Self::PartialEq | Self::Eq | Self::PartialOrd),
            _ => false,
        }
    }
}

/// Its name.
impl fmt::Display for Derive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derive_counts_with_and_without_a_path() {
        for path in [
            "Hash",
            "std::hash::Hash",
            "::core::hash::Hash",
            " std :: hash :: Hash ",
        ] {
            assert_eq!(Derive::named(path), Some(Derive::Hash), "{path}");
        }
        for path in [
            "derive_more::Debug",
            "Serialize",
            "crate::Eq",
            "::Eq",
            "std::hash::Other",
        ] {
            assert_eq!(Derive::named(path), None, "{path}");
        }
    }
}
