//! Differences that only affect Rust programs.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt as _, HashSet};
use qapi_parser::{Feature, Id, Kind, Member, Schema};

use crate::align::Sides;
use crate::diff::change::describe;
use crate::diff::compare::Comparison;
use crate::place::Direction;
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

    /// Reports that a command or an event no longer converts from the struct of its members, or now does.
    pub(super) fn whole(&mut self, at: At, old: Option<Id>, new: Option<Id>) {
        let named = |schema: &'a Schema, id: Option<Id>| {
            let definition = schema.get(id?);
            (!definition.is_implicit).then_some(definition.name.as_str())
        };
        let (of_old, of_new) = (&self.old.schema, &self.new.schema);
        let (old, new) = (named(of_old, old), named(of_new, new));
        if old == new || !self.old.known.source || !self.new.known.source {
            return;
        }
        // A struct that only one side has is reported itself.
        if let Some(name) = old.filter(|name| of_new.find(name).is_some()) {
            let words = format!("`{name}`");
            self.report(&rule::conversion_removed::RULE, at, (&words, ""));
        }
        if let Some(name) = new.filter(|name| of_old.find(name).is_some()) {
            let words = format!("`{name}`");
            self.report(&rule::conversion_added::RULE, at, ("", &words));
        }
    }

    /// Reports the conversions that a type loses or gains because of what was added to it or removed from it.
    pub(super) fn conversions(&mut self, pair: &Pair<'a>, at: At) {
        let (old, new) = (&self.old.schema, &self.new.schema);
        if !self.old.known.source
            || !self.new.known.source
            || old.get(pair.old).is_implicit
            || new.get(pair.new).is_implicit
        {
            return;
        }
        let (of_old, of_new) = (sources(old, pair.old), sources(new, pair.new));
        for (source, ty) in &of_old.convertible {
            if !of_new.convertible.contains_key(source) && of_new.all.contains(source) {
                let words = describe(self.old, *ty);
                self.report(&rule::conversion_removed::RULE, at, (&words, ""));
            }
        }
        for (source, ty) in &of_new.convertible {
            if !of_old.convertible.contains_key(source) && of_old.all.contains(source) {
                let words = describe(self.new, *ty);
                self.report(&rule::conversion_added::RULE, at, ("", &words));
            }
        }
    }

    /// Reports that `new` takes its arguments in another order.
    pub(super) fn arguments_of_new(&mut self, pair: &Pair<'a>, at: At) {
        if !self.old.known.source || !self.new.known.source {
            return;
        }
        let of_old = arguments(&self.old.schema, pair.old, at.direction);
        let of_new = arguments(&self.new.schema, pair.new, at.direction);
        if of_old == of_new {
            return;
        }
        let common = |names: &[&'a str], others: &[&'a str]| -> Vec<&str> {
            let others: HashSet<&str> = others.iter().copied().collect();
            let names = names.iter().copied();
            names.filter(|name| others.contains(name)).collect()
        };
        if common(&of_old, &of_new) != common(&of_new, &of_old) {
            self.report(&rule::arguments_of_new_reordered::RULE, at, ("", ""));
        }
    }

    /// Reports whether a QEMU that hides deprecated or unstable members omits a member.
    pub(super) fn hideable(&mut self, at: At, old: &[Feature], new: &[Feature]) {
        match (is_hideable(old), is_hideable(new)) {
            (false, true) => self.program_only(&rule::member_now_hideable::RULE, at),
            (true, false) => self.program_only(&rule::member_no_longer_hideable::RULE, at),
            _ => {}
        }
    }

    /// Reports names that now differ only in case or punctuation, and those that no longer do.
    pub(super) fn ambiguous<T: 'a>(
        &mut self,
        all: impl Iterator<Item = Sides<&'a T>> + Clone,
        folded: impl Fn(&'a T) -> String,
        mut at: impl FnMut(&mut Self, &Sides<&'a T>) -> At,
    ) {
        if !self.old.known.source || !self.new.known.source {
            return;
        }
        // Names that both sides have are as ambiguous as before.
        if all.clone().all(|it| matches!(it, Sides::Both(..))) {
            return;
        }
        let (mut of_old, mut of_new) = (HashMap::new(), HashMap::new());
        for sides in all.clone() {
            if let Sides::Old(it) | Sides::Both(it, _) = sides {
                *of_old.entry(folded(it)).or_insert(0) += 1;
            }
            if let Sides::New(it) | Sides::Both(_, it) = sides {
                *of_new.entry(folded(it)).or_insert(0) += 1;
            }
        }
        if of_old.len() == of_new.len() && of_old.values().chain(of_new.values()).all(|n| *n == 1) {
            return;
        }
        for sides in all {
            let (Sides::Old(it) | Sides::New(it) | Sides::Both(it, _)) = sides;
            let counts = |map: &HashMap<String, i32>| map.get(&folded(it)).copied();
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

/// The names of the members that `new` takes, in its order.
fn arguments(schema: &Schema, id: Id, direction: Direction) -> Vec<&str> {
    let union = schema.object(id).and_then(|it| it.branches.as_ref());
    let is_argument = |it: &&Member| {
        // A field of a member that may be missing is an `Option`.
        let may_be_missing = it.optional
            || it.condition.is_some()
            || direction == Direction::Received && is_hideable(&it.features);
        // The branch determines the discriminator.
        let name = &it.name.value;
        !may_be_missing && union.is_none_or(|union| union.discriminator.value != *name)
    };
    let arguments = members(schema, id).into_iter().filter(is_argument);
    arguments.map(|it| it.name.value.as_str()).collect()
}

fn is_hideable(features: &[Feature]) -> bool {
    let mut names = features.iter().map(|it| it.name.value.as_str());
    names.any(|name| name == "deprecated" || name == "unstable")
}

/// What an object is made of: the names of a struct's required members, or of the types of a union's branches.
struct Sources<'a> {
    all: HashSet<&'a str>,
    /// Those that the object converts from, with their types.
    convertible: BTreeMap<&'a str, Id>,
}

fn sources(schema: &Schema, id: Id) -> Sources<'_> {
    let union = schema.object(id).and_then(|it| it.branches.as_ref());
    let named: Vec<(&str, Id)> = match union {
        Some(union) => {
            let types = union.branches.iter().map(|branch| branch.ty);
            let types = types.filter(|ty| !schema.get(*ty).is_implicit);
            types.map(|ty| (schema.get(ty).name.as_str(), ty)).collect()
        }
        None => {
            let members = members(schema, id).into_iter();
            let members = members.filter(|it| !it.optional);
            members.map(|it| (it.name.value.as_str(), it.ty)).collect()
        }
    };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, _) in &named {
        *counts.entry(name).or_default() += 1;
    }
    let is_only = union.is_some() || members(schema, id).len() == 1;
    let convertible = named.iter().copied();
    Sources {
        all: named.iter().map(|it| it.0).collect(),
        convertible: convertible
            .filter(|(name, _)| is_only && counts[name] == 1)
            .collect(),
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
