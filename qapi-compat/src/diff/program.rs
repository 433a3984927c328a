//! Differences that only affect Rust programs.

use foldhash::{HashMap, HashMapExt as _};
use qapi_parser::{Id, Kind, Schema};

use crate::align::Sides;
use crate::diff::change::describe;
use crate::diff::compare::Comparison;
use crate::rule::{self, Rule};
use crate::shape::members;
use crate::walk::{At, Pair};

/// The contents of a variant of a union's branches.
#[derive(PartialEq)]
enum Payload {
    Nothing,
    /// A type of the schema.
    Type,
    /// The contents of the implied wrapper of a simple union.
    Unwrapped,
}

impl<'a> Comparison<'a> {
    /// Reports a change that makes no difference on the wire.
    pub(super) fn program_only(&mut self, rule: &'static Rule, at: At) {
        if self.old.known.source && self.new.known.source {
            self.report(rule, at, ("", ""));
        }
    }

    /// Reports that a type was renamed.
    pub(super) fn names(&mut self, pair: &Pair<'a>, at: At) {
        if !self.old.known.source || !self.new.known.source {
            return;
        }
        // The arguments of a command and the data of an event are structs of their own.
        if self.walk.places.is_root(pair.at.place) && !self.is_return(pair) {
            return;
        }
        let (old, new) = (self.old.schema.get(pair.old), self.new.schema.get(pair.new));
        let is_named =
            |kind: &Kind| matches!(kind, Kind::Enum(_) | Kind::Object(_) | Kind::Alternate(_));
        if old.is_implicit
            || new.is_implicit
            || old.name == new.name
            || std::mem::discriminant(&old.kind) != std::mem::discriminant(&new.kind)
            || !is_named(&old.kind)
        {
            return;
        }
        if self.renamed.insert((&old.name, &new.name)) {
            let words = (describe(self.old, pair.old), describe(self.new, pair.new));
            self.report(&rule::type_renamed::RULE, at, (&words.0, &words.1));
        }
    }

    fn is_return(&self, pair: &Pair<'a>) -> bool {
        let path = self.walk.places.path(pair.at.place);
        path.root == crate::place::Root::Returns
    }

    /// Reports changes of the variant of a branch.
    pub(super) fn payload(&mut self, at: At, old: Id, new: Id) {
        let (old, new) = (
            payload(&self.old.schema, old),
            payload(&self.new.schema, new),
        );
        let rule = match (old, new) {
            (Payload::Nothing, Payload::Type | Payload::Unwrapped) => {
                &rule::branch_now_with_members::RULE
            }
            (Payload::Type | Payload::Unwrapped, Payload::Nothing) => {
                &rule::branch_without_members::RULE
            }
            (Payload::Unwrapped, Payload::Type) => &rule::branch_now_wrapped::RULE,
            (Payload::Type, Payload::Unwrapped) => &rule::branch_no_longer_wrapped::RULE,
            _ => return,
        };
        self.program_only(rule, at);
    }

    /// Reports names that now differ only in case or punctuation, and those that no longer do.
    pub(super) fn ambiguous<T: 'a>(
        &mut self,
        all: impl Iterator<Item = Sides<&'a T>> + Clone,
        name: impl Fn(&'a T) -> &'a str,
        mut at: impl FnMut(&mut Self, &Sides<&'a T>) -> At,
    ) {
        if !self.old.known.source || !self.new.known.source {
            return;
        }
        let (mut of_old, mut of_new) = (HashMap::new(), HashMap::new());
        for sides in all.clone() {
            if let Sides::Old(it) | Sides::Both(it, _) = sides {
                *of_old.entry(folded(name(it))).or_insert(0) += 1;
            }
            if let Sides::New(it) | Sides::Both(_, it) = sides {
                *of_new.entry(folded(name(it))).or_insert(0) += 1;
            }
        }
        if of_old.len() == of_new.len() && of_old.values().chain(of_new.values()).all(|n| *n == 1) {
            return;
        }
        for sides in all {
            let (Sides::Old(it) | Sides::New(it) | Sides::Both(it, _)) = sides;
            let counts = |map: &HashMap<String, i32>| map.get(&folded(name(it))).copied();
            let rule = match (&sides, counts(&of_old), counts(&of_new)) {
                (Sides::New(_), _, Some(2..)) => &rule::name_now_ambiguous::RULE,
                (Sides::Old(_), Some(2..), _) => &rule::name_no_longer_ambiguous::RULE,
                _ => continue,
            };
            let at = at(self, &sides);
            self.program_only(rule, at);
        }
    }

    /// Reports that a type has become recursive, or is no longer.
    pub(super) fn recursion(&mut self, at: At, old: Id, new: Id) {
        let is = (
            self.recursive.0.contains(&old),
            self.recursive.1.contains(&new),
        );
        match is {
            (false, true) => self.program_only(&rule::now_recursive::RULE, at),
            (true, false) => self.program_only(&rule::no_longer_recursive::RULE, at),
            _ => {}
        }
    }
}

fn payload(schema: &Schema, id: Id) -> Payload {
    let is_implicit = schema.get(id).is_implicit;
    match is_implicit {
        false => Payload::Type,
        true if members(schema, id).is_empty() => Payload::Nothing,
        true => Payload::Unwrapped,
    }
}

/// A name without the distinctions that Rust's spelling does not preserve.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_ascii_alphanumeric());
    letters.map(|c| c.to_ascii_lowercase()).collect()
}
