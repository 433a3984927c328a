//! Whether two types can become one.

use foldhash::{HashSet, HashSetExt as _};
use qapi_parser::{Id, Schema};

use crate::align::{Sides, align};
use crate::shape::{Scalar, Shape, json, members, shape};

/// Pairs of types that fit.
#[derive(Default)]
pub(super) struct Fits {
    known: HashSet<(Id, Id)>,
}

impl Fits {
    /// Whether there is a type that holds the values of both: the old one with the additions of the new one.
    pub(super) fn check(&mut self, old: &Schema, new: &Schema, pair: (Id, Id)) -> bool {
        let mut seen = HashSet::new();
        let mut open = vec![pair];
        while let Some(pair) = open.pop() {
            if !self.known.contains(&pair) && seen.insert(pair) && !fit(old, new, pair, &mut open) {
                return false;
            }
        }
        // A pair that does not fit would have been found.
        self.known.extend(seen);
        true
    }
}

/// Whether two types fit, assuming that the pairs in `open` do.
fn fit(old: &Schema, new: &Schema, pair: (Id, Id), open: &mut Vec<(Id, Id)>) -> bool {
    match (shape(old, pair.0), shape(new, pair.1)) {
        (Shape::Any, _) | (_, Shape::Any) => true,
        (Shape::Scalar(old), Shape::Scalar(new)) => {
            let is_number = |it| matches!(it, Scalar::Integer(_) | Scalar::Number);
            old == new || is_number(old) && is_number(new)
        }
        (Shape::Enum(_) | Shape::Scalar(Scalar::String), Shape::Enum(_))
        | (Shape::Enum(_), Shape::Scalar(Scalar::String)) => true,
        (Shape::List(old), Shape::List(new)) => {
            open.push((old, new));
            true
        }
        (Shape::Object(of_old), Shape::Object(of_new)) => {
            let aligned = align(members(old, pair.0), members(new, pair.1), |it| {
                it.name.value.as_str()
            });
            for sides in aligned {
                if let Sides::Both(old, new) = sides {
                    open.push((old.ty, new.ty));
                }
            }
            match (of_old, of_new) {
                (None, None) => true,
                (Some(old), Some(new)) if old.discriminator.value == new.discriminator.value => {
                    let branches = align(&old.branches, &new.branches, |it| it.name.value.as_str());
                    for sides in branches {
                        if let Sides::Both(old, new) = sides {
                            open.push((old.ty, new.ty));
                        }
                    }
                    true
                }
                _ => false,
            }
        }
        (Shape::Alternate(of_old), Shape::Alternate(of_new)) => {
            for it in &of_old.alternatives {
                let json = self::json(old, it.ty);
                let other = of_new.alternatives.iter();
                let other = other.filter(|other| self::json(new, other.ty) == json);
                open.extend(other.map(|other| (it.ty, other.ty)));
            }
            true
        }
        (Shape::Alternate(it), _) => {
            let json = self::json(new, pair.1);
            let found = it
                .alternatives
                .iter()
                .find(|it| self::json(old, it.ty) == json);
            open.extend(found.map(|it| (it.ty, pair.1)));
            found.is_some()
        }
        (_, Shape::Alternate(it)) => {
            let json = self::json(old, pair.0);
            let found = it
                .alternatives
                .iter()
                .find(|it| self::json(new, it.ty) == json);
            open.extend(found.map(|it| (pair.0, it.ty)));
            found.is_some()
        }
        _ => false,
    }
}
