//! Adds one schema to another: paired types are merged, and new ones are kept.

use std::collections::HashMap;

use foldhash::{HashSet, HashSetExt as _};
use qapi_parser::{Command, Diagnostics, Id, Kind, Member, Object, Schema};

use crate::merge::availability::{Availability, Set};
use crate::merge::draft::{Draft, either, features};
use crate::merge::options::Options;
use crate::merge::pairs::{Pairs, pairs};

/// Adds the schema with this number.
pub(super) fn add(
    old: Schema,
    new: Schema,
    number: usize,
    availability: &mut Availability,
    options: Options<'_>,
) -> Result<Schema, Diagnostics> {
    let mut pairs = pairs(&old, &new, options.only);
    let mut draft = Draft::new(old, new, number, availability, options.extern_types);
    let shift = draft.first_new;
    let moved = |id: &mut Id| *id = Id::new(id.index() + shift);
    pairs.types.iter_mut().for_each(|(_, new)| moved(new));
    pairs.roots.iter_mut().for_each(|(_, new)| moved(new));
    pairs.added.iter_mut().for_each(moved);
    // An object without members is replaced by its counterpart.
    pairs.types.retain(|&(old, new)| {
        let is_same = draft.definition(old).name == draft.definition(new).name;
        is_same || !draft.is_empty(old) && !draft.is_empty(new)
    });
    draft.find_homes(&pairs);
    // Bases change first, because objects that inherit the change need not change themselves.
    pairs.types.sort_by_cached_key(|(old, _)| draft.depth(*old));
    let apart = draft.arguments_apart(&pairs);
    for &(old, new) in &pairs.types {
        if !apart.contains(&(old, new)) {
            draft.types(old, new);
        }
    }
    for &(old, new) in &pairs.roots {
        draft.root(old, new, &apart);
    }
    draft.separate();
    if draft.faults.is_empty() {
        Ok(draft.finish(&pairs, availability, options))
    } else {
        let schema = Schema::from_parts(draft.parts);
        Err(schema.diagnostics(draft.faults))
    }
}

impl Draft<'_> {
    fn find_homes(&mut self, pairs: &Pairs) {
        // Every schema has the same built-in types.
        for index in self.first_new..self.parts.definitions.len() {
            let (old, new) = (Id::new(index - self.first_new), Id::new(index));
            if index - self.first_new >= self.first_new || self.definition(new).span.is_some() {
                break;
            }
            if self.definition(old).name != self.definition(new).name {
                break;
            }
            self.homes.insert(new, old);
        }
        // A type that the caller provides is the same in both.
        let names: HashMap<String, Id> = (0..self.first_new)
            .map(|index| (self.parts.definitions[index].name.clone(), Id::new(index)))
            .collect();
        for index in self.first_new..self.parts.definitions.len() {
            let it = &self.parts.definitions[index];
            if let Some(&old) = names
                .get(&it.name)
                .filter(|old| self.is_extern(**old) || matches!(it.kind, Kind::Extern))
            {
                self.homes.insert(Id::new(index), old);
            }
        }
        for &(old, new) in &pairs.types {
            let is_same = |it: Id| self.definition(it).name == self.definition(new).name;
            match self.homes.get(&new) {
                Some(&other) if is_same(other) || !is_same(old) => {}
                _ => {
                    self.homes.insert(new, old);
                }
            }
        }
    }

    /// The pairs of arguments that are not merged, because a named union that is also used elsewhere would no longer be one.
    fn arguments_apart(&self, pairs: &Pairs) -> HashSet<(Id, Id)> {
        let mut apart = HashSet::new();
        for &(old, new) in &pairs.roots {
            if let (Kind::Command(old), Kind::Command(new)) = (self.kind(old), self.kind(new))
                && let (Some(old), Some(new)) = (old.arguments, new.arguments)
                && !self.definition(old).is_implicit
                && let Some(union) = self.object(old).and_then(|it| it.branches.as_ref())
                && self.object(new).is_some_and(|it| it.branches.is_none())
                && !self.requires(new, &union.discriminator.value)
            {
                apart.insert((old, new));
            }
        }
        apart
    }

    /// Whether an object has a required member.
    fn requires(&self, object: Id, member: &str) -> bool {
        let members = self.members(object);
        members
            .iter()
            .any(|(_, it)| it.name.value == member && !it.optional)
    }

    fn types(&mut self, old: Id, new: Id) {
        // The built-in types stay as they are.
        if self.definition(old).span.is_none() {
            return;
        }
        self.has(old);
        if self.is_extern(old) {
            return;
        }
        match (self.kind(old), self.kind(new)) {
            (Kind::Enum(_), Kind::Enum(_)) => self.enums(old, new),
            (Kind::Alternate(_), Kind::Alternate(_)) => self.alternates(old, new),
            (Kind::Object(_), Kind::Object(_)) => self.objects(old, new),
            _ => {}
        }
    }

    fn enums(&mut self, old: Id, new: Id) {
        let Kind::Enum(of_new) = self.kind(new).clone() else {
            return;
        };
        for value in of_new.values {
            let name = value.name.value.clone();
            self.has_part(old, &name, false);
            let Kind::Enum(of_old) = &mut self.parts.definitions[old.index()].kind else {
                return;
            };
            match of_old.values.iter_mut().find(|it| it.name.value == name) {
                Some(known) => {
                    known.condition = either(known.condition.as_ref(), value.condition.as_ref());
                    features(&mut known.features, &value.features);
                }
                None => {
                    of_old.values.push(value);
                    self.copy_doc(new, old, &name);
                }
            }
        }
    }

    fn alternates(&mut self, old: Id, new: Id) {
        for mut it in self.alternatives(new).to_vec() {
            match self.matching(old, it.ty) {
                Some(index) => {
                    let known = self.alternatives(old)[index].clone();
                    self.has_part(old, &known.name.value, false);
                    let Some(ty) = self.join(known.ty, it.ty) else {
                        let at = (Some(known.name.span), Some(it.name.span));
                        self.differ(at, &format!("'{}'", known.name.value), known.ty, it.ty);
                        continue;
                    };
                    let condition = either(known.condition.as_ref(), it.condition.as_ref());
                    if let Kind::Alternate(old) = &mut self.parts.definitions[old.index()].kind {
                        old.alternatives[index].ty = ty;
                        old.alternatives[index].condition = condition;
                    }
                }
                None => {
                    let names = self.alternatives(old).iter();
                    let names: HashSet<String> = names.map(|it| it.name.value.clone()).collect();
                    let name = it.name.value.clone();
                    while names.contains(&it.name.value) {
                        it.name.value += "-value";
                    }
                    self.has_part(old, &it.name.value, false);
                    if let Kind::Alternate(old) = &mut self.parts.definitions[old.index()].kind {
                        old.alternatives.push(it);
                    }
                    self.copy_doc(new, old, &name);
                }
            }
        }
    }

    fn objects(&mut self, old: Id, new: Id) {
        let discriminator = |it: Option<&Object>| {
            let union = it.and_then(|it| it.branches.as_ref());
            union.map(|union| union.discriminator.value.clone())
        };
        let of_old = discriminator(self.object(old));
        let of_new = discriminator(self.object(new));
        match (of_old, of_new) {
            (None, None) => self.join_members(old, new),
            (Some(a), Some(b)) if a == b => {
                self.join_members(old, new);
                self.branches(old, new);
            }
            (Some(tag), None) if self.requires(new, &tag) => {
                // Branches of the struct have no members.
                self.join_members(old, new);
                for branch in self.branches_of(old) {
                    self.loosen(branch);
                }
            }
            (Some(_), _) => {
                self.make_struct(old);
                self.join_members(old, new);
                self.absorb(old, new);
            }
            (None, Some(_)) => {
                self.join_members(old, new);
                self.absorb(old, new);
            }
        }
    }

    fn branches_of(&self, id: Id) -> Vec<Id> {
        let union = self.object(id).and_then(|it| it.branches.as_ref());
        let branches = union.into_iter().flat_map(|it| &it.branches);
        branches.map(|it| it.ty).collect()
    }

    fn join_members(&mut self, old: Id, new: Id) {
        let own = |members: Vec<(Id, &Member)>| -> Vec<(Id, Member)> {
            members
                .into_iter()
                .map(|(id, it)| (id, it.clone()))
                .collect()
        };
        let of_old = own(self.members(old));
        let of_new = own(self.members(new));
        let by_name: HashMap<&str, &(Id, Member)> = of_new
            .iter()
            .map(|it| (it.1.name.value.as_str(), it))
            .collect();
        for (owner, member) in &of_old {
            let name = member.name.value.as_str();
            let Some((_, other)) = by_name.get(name) else {
                if !member.optional {
                    self.change(old, name, |it| it.optional = true);
                }
                continue;
            };
            let Some(ty) = self.join(member.ty, other.ty) else {
                let at = (Some(member.name.span), Some(other.name.span));
                self.differ(at, &format!("'{name}'"), member.ty, other.ty);
                continue;
            };
            let condition = either(member.condition.as_ref(), other.condition.as_ref());
            // An item that is unconditional in one schema and conditional in the other may be missing.
            let is_open =
                condition.is_none() && member.condition.is_some() != other.condition.is_some();
            let optional = member.optional || other.optional || is_open;
            let mut all = member.features.clone();
            features(&mut all, &other.features);
            if ty != member.ty
                || optional != member.optional
                || condition != member.condition
                || all.len() != member.features.len()
            {
                self.change(old, name, |it| {
                    it.ty = ty;
                    it.optional = optional;
                    it.condition = condition;
                    it.features = all;
                });
            }
            let is_own = self
                .members(old)
                .iter()
                .any(|(id, it)| *id == old && it.name.value == name);
            let owner = if is_own { old } else { *owner };
            self.has_part(owner, name, !other.optional);
        }
        let known = of_old.iter().map(|(_, it)| it.name.value.as_str());
        let mut known: HashSet<String> = known.map(str::to_owned).collect();
        known.extend(
            self.members(old)
                .iter()
                .map(|(_, it)| it.name.value.clone()),
        );
        for (owner, member) in of_new {
            if !known.contains(&member.name.value)
                && !self.is_in_unions(old, &member)
                && !self.add_to_branches(old, owner, &member)
            {
                self.add_member(old, owner, member);
            }
        }
    }

    /// Whether an object is only used as a branch of unions that already have a member, which the added schema has in the
    /// branch. The member stays in the unions.
    fn is_in_unions(&mut self, branch: Id, member: &Member) -> bool {
        let name = &member.name.value;
        let unions = match self.unions.get(&branch) {
            Some(unions) if !self.used.contains(&branch) => unions.clone(),
            _ => return false,
        };
        let known: Vec<(Id, Id)> = unions
            .iter()
            .filter_map(|&union| {
                let members = self.members(union).into_iter();
                let mut known = members.filter(|(_, it)| it.name.value == *name);
                known.next().map(|(_, it)| (union, it.ty))
            })
            .collect();
        if known.len() < unions.len() {
            return false;
        }
        for (union, ty) in known {
            let joined = self.join(ty, member.ty);
            let joined = joined.or(self.builtin("any")).unwrap_or(ty);
            self.change(union, name, |it| {
                it.ty = joined;
                it.optional = true;
            });
            self.has_part(union, name, false);
        }
        true
    }

    /// Adds a member of a union to all of its branches, if one of them has it already; returns whether it did.
    fn add_to_branches(&mut self, union: Id, owner: Id, member: &Member) -> bool {
        let name = &member.name.value;
        let branches = self.branches_of(union);
        let has = |branch: Id| {
            let mut members = self.members(branch).into_iter();
            members
                .find(|(_, it)| it.name.value == *name)
                .map(|(_, it)| it.ty)
        };
        let known: Vec<(Id, Option<Id>)> = branches.iter().map(|&it| (it, has(it))).collect();
        if known.iter().all(|(_, known)| known.is_none())
            || branches
                .iter()
                .any(|it| self.is_empty(*it) || !self.branches_of(*it).is_empty())
        {
            return false;
        }
        let mut seen = HashSet::new();
        for (branch, known) in known {
            if !seen.insert(branch) {
                continue;
            }
            match known {
                Some(ty) => {
                    let joined = self.join(ty, member.ty);
                    let joined = joined.or(self.builtin("any")).unwrap_or(ty);
                    self.change(branch, name, |it| {
                        it.ty = joined;
                        it.optional = true;
                    });
                    self.has_part(branch, name, false);
                }
                None => self.add_member(branch, owner, member.clone()),
            }
        }
        true
    }

    /// Adds a member that only the added schema has.
    fn add_member(&mut self, object: Id, owner: Id, mut member: Member) {
        let name = member.name.value.clone();
        self.has_part(object, &name, !member.optional);
        self.copy_doc(owner, object, &name);
        member.optional = true;
        if let Some(object) = self.object_mut(object) {
            object.members.push(member);
        }
    }

    fn branches(&mut self, old: Id, new: Id) {
        let union = |draft: &Self, id| draft.object(id).and_then(|it| it.branches.clone());
        let (Some(of_old), Some(of_new)) = (union(self, old), union(self, new)) else {
            return;
        };
        for branch in of_new.branches {
            let name = branch.name.value.clone();
            self.has_part(old, &name, false);
            let known = of_old.branches.iter().position(|it| it.name.value == name);
            let Some(index) = known else {
                if let Some(union) = self.object_mut(old).and_then(|it| it.branches.as_mut()) {
                    union.branches.push(branch);
                }
                continue;
            };
            let known = &of_old.branches[index];
            let condition = either(known.condition.as_ref(), branch.condition.as_ref());
            let mut ty = known.ty;
            match (self.is_empty(known.ty), self.is_empty(branch.ty)) {
                (true, false) => {
                    ty = self.home(branch.ty);
                    self.loosen(ty);
                }
                (false, true) => self.loosen(known.ty),
                _ => {}
            }
            if let Some(union) = self.object_mut(old).and_then(|it| it.branches.as_mut()) {
                union.branches[index].ty = ty;
                union.branches[index].condition = condition;
            }
        }
    }

    /// Makes all members of an object optional, since a schema has none of them.
    pub(super) fn loosen(&mut self, id: Id) {
        if self.definition(id).span.is_none() {
            return;
        }
        if self.object(id).is_some_and(|it| it.branches.is_some()) {
            self.make_struct(id);
        }
        let required = self.members(id).into_iter().filter(|(_, it)| !it.optional);
        let required: Vec<String> = required.map(|(_, it)| it.name.value.clone()).collect();
        for name in required {
            self.change(id, &name, |it| it.optional = true);
        }
        // All schemas so far have the containing item.
        let all = (0..=self.number)
            .map(Set::of)
            .fold(Set::default(), Set::with);
        let facts = self.facts.entry(id).or_default();
        facts.present = facts.present.with(all);
    }

    /// Turns a union into a struct with the members of all branches.
    fn make_struct(&mut self, id: Id) {
        self.flatten(id);
        self.absorb(id, id);
        if let Some(object) = self.object_mut(id) {
            object.branches = None;
        }
    }

    /// Adds the members of a union's branches as optional members. A member with different types in different branches
    /// takes any value.
    fn absorb(&mut self, object: Id, union: Id) {
        let mut seen = HashSet::new();
        let mut open = self.branches_of(union);
        open.reverse();
        while let Some(branch) = open.pop() {
            if !seen.insert(branch) {
                continue;
            }
            let members = self.members(branch).into_iter();
            let members: Vec<(Id, Member)> = members.map(|(id, it)| (id, it.clone())).collect();
            for (owner, member) in members {
                let name = member.name.value.clone();
                let known = self
                    .members(object)
                    .into_iter()
                    .find(|(_, it)| it.name.value == name);
                let known = known.map(|(_, it)| (it.ty, it.optional));
                let Some((ty, optional)) = known else {
                    let part = self
                        .facts
                        .get(&owner)
                        .and_then(|it| it.parts.get(&name))
                        .copied();
                    self.add_member(object, owner, member);
                    // The schemas that have the branch have the member.
                    if let Some(mut part) = part {
                        part.required = Set::default();
                        *self.part(object, &name) = part;
                    }
                    continue;
                };
                let is_same = ty == member.ty || self.home(member.ty) == ty;
                let ty = match is_same {
                    true => ty,
                    false => match (self.is_new(ty), self.is_new(member.ty)) {
                        (false, true) => self.join(ty, member.ty),
                        _ => None,
                    }
                    .or(self.builtin("any"))
                    .unwrap_or(ty),
                };
                if !optional || !is_same {
                    self.change(object, &name, |it| {
                        it.optional = true;
                        it.ty = ty;
                    });
                }
                let number = self.number;
                if self.is_new(owner) {
                    let part = self.part(object, &name);
                    part.present = part.present.with(Set::of(number));
                }
            }
            let mut below = self.branches_of(branch);
            below.reverse();
            open.extend(below);
        }
    }

    fn root(&mut self, old: Id, new: Id, apart: &HashSet<(Id, Id)>) {
        self.has(old);
        let of_new = self.definition(new).clone();
        match &of_new.kind {
            Kind::Command(it) => self.command((old, new), it, apart),
            Kind::Event(it) => {
                let Kind::Event(known) = self.kind(old) else {
                    return;
                };
                let data = self.data(known.data, it.data);
                if let Kind::Event(known) = &mut self.parts.definitions[old.index()].kind {
                    known.data = data;
                }
            }
            _ => {}
        }
        let known = &mut self.parts.definitions[old.index()];
        known.condition = either(known.condition.as_ref(), of_new.condition.as_ref());
        features(&mut known.features, &of_new.features);
    }

    fn command(&mut self, (old, id): (Id, Id), new: &Command, apart: &HashSet<(Id, Id)>) {
        let Kind::Command(of_old) = self.kind(old) else {
            return;
        };
        let mut command = of_old.clone();
        command.arguments = match (command.arguments, new.arguments) {
            (Some(arguments), Some(other)) if apart.contains(&(arguments, other)) => {
                // Only the command gets a struct with all members.
                self.homes.remove(&other);
                self.take_all(other, arguments);
                Some(other)
            }
            (arguments, other) => self.data(arguments, other),
        };
        command.returns = match (command.returns, new.returns) {
            (None, None) => None,
            (Some(returns), Some(other)) => {
                let joined = self.join(returns, other);
                if joined.is_none() {
                    let at = (self.definition(old).span, self.definition(id).span);
                    let what = format!("the return value of '{}'", self.definition(old).name);
                    self.differ(at, &what, returns, other);
                }
                joined
            }
            (Some(one), None) | (None, Some(one)) => {
                let one = self.home(one);
                match self.object(one).is_some() {
                    true => self.loosen(one),
                    false => {
                        let name = &self.definition(old).name;
                        let message = format!(
                            "'{name}' returns a value that is not an object in one schema, and nothing in another"
                        );
                        let at = (self.definition(old).span, self.definition(id).span);
                        self.fault(at.0, at.1, message);
                    }
                }
                Some(one)
            }
        };
        command.gen_code &= new.gen_code;
        command.success_response &= new.success_response;
        command.allow_oob &= new.allow_oob;
        command.boxed |= new.boxed;
        if let Kind::Command(it) = &mut self.parts.definitions[old.index()].kind {
            *it = command;
        }
    }

    /// The arguments of a command or the data of an event.
    fn data(&mut self, old: Option<Id>, new: Option<Id>) -> Option<Id> {
        match (old, new) {
            (None, None) => None,
            (Some(old), Some(new)) => match (self.is_empty(old), self.is_empty(new)) {
                (true, false) => self.data(None, Some(new)),
                (false, true) => self.data(Some(old), None),
                _ => Some(old),
            },
            (Some(one), None) | (None, Some(one)) => {
                let one = self.home(one);
                self.loosen(one);
                Some(one)
            }
        }
    }

    /// Adds the contents of a union of the schema so far to a struct.
    fn take_all(&mut self, object: Id, union: Id) {
        let known: HashSet<String> = self
            .members(object)
            .iter()
            .map(|(_, it)| it.name.value.clone())
            .collect();
        for name in &known {
            self.change(object, name, |it| it.optional = true);
        }
        let members = self.members(union).into_iter();
        let members: Vec<(Id, Member)> = members.map(|(id, it)| (id, it.clone())).collect();
        for (owner, member) in members {
            let name = member.name.value.clone();
            if !known.contains(&name) {
                let part = self
                    .facts
                    .get(&owner)
                    .and_then(|it| it.parts.get(&name))
                    .copied();
                self.add_member(object, owner, member);
                *self.part(object, &name) = part.unwrap_or_default();
            }
        }
        self.absorb(object, union);
        let present = self
            .facts
            .get(&union)
            .map(|it| it.present)
            .unwrap_or_default();
        let facts = self.facts.entry(object).or_default();
        facts.present = facts.present.with(present);
    }

    fn differ(
        &mut self,
        at: (Option<qapi_parser::Span>, Option<qapi_parser::Span>),
        what: &str,
        old: Id,
        new: Id,
    ) {
        let (old, new) = (self.words(old), self.words(new));
        let message =
            format!("{what} is {old} in one schema and {new} in another, and no type holds both");
        self.fault(at.0, at.1, message);
    }

    fn words(&self, id: Id) -> String {
        let name = || format!("'{}'", self.definition(id).name);
        match self.kind(id) {
            Kind::Array(element) => format!("a list of {}", self.words(*element)),
            Kind::Builtin(_) | Kind::Extern | Kind::Command(_) | Kind::Event(_) => name(),
            Kind::Enum(_) => format!("enum {}", name()),
            Kind::Alternate(_) => format!("alternate {}", name()),
            Kind::Object(it) if it.branches.is_some() => format!("union {}", name()),
            Kind::Object(_) => format!("struct {}", name()),
        }
    }

    /// Resolves duplicates: members that an object also inherits, or that both a union and its branches have.
    fn separate(&mut self) {
        for index in 0..self.parts.definitions.len() {
            let id = Id::new(index);
            if self.homes.contains_key(&id) {
                continue;
            }
            let Some(object) = self.object(id) else {
                continue;
            };
            let has_branches = object.branches.is_some();
            let names = self
                .members(id)
                .into_iter()
                .map(|(_, it)| it.name.value.as_str());
            let mut seen = HashSet::new();
            let is_double = names.filter(|name| !seen.insert(*name)).count() > 0;
            if is_double {
                self.flatten(id);
            }
            if has_branches && self.clashes(id) {
                self.make_struct(id);
            }
        }
    }

    /// Whether a branch has a member that the union also has.
    fn clashes(&self, union: Id) -> bool {
        let mut names: HashSet<&str> = HashSet::new();
        names.extend(
            self.merged_members(union)
                .iter()
                .map(|(_, it)| it.name.value.as_str()),
        );
        let mut seen = HashSet::new();
        let mut open: Vec<Id> = self.branches_of(union);
        while let Some(branch) = open.pop() {
            let branch = self.home(branch);
            if seen.insert(branch) {
                let members = self.merged_members(branch);
                if members
                    .iter()
                    .any(|(_, it)| names.contains(it.name.value.as_str()))
                {
                    return true;
                }
                open.extend(self.branches_of(branch));
            }
        }
        false
    }

    /// Drops merged and unneeded definitions, and names those that are kept.
    fn finish(
        mut self,
        pairs: &Pairs,
        availability: &mut Availability,
        options: Options<'_>,
    ) -> Schema {
        let kept = self.kept(pairs, options);
        let mut replaced: HashMap<Id, Id> = HashMap::new();
        let nothing = Id::new(0);
        for index in self.first_new..self.parts.definitions.len() {
            let id = Id::new(index);
            if let Some(&home) = self.homes.get(&id) {
                replaced.insert(id, home);
            } else if !kept.contains(&id) {
                replaced.insert(id, nothing);
            }
        }
        self.rename(&replaced, availability);
        for (index, definition) in self.parts.definitions.iter().enumerate() {
            let id = Id::new(index);
            if !replaced.contains_key(&id)
                && let Some(facts) = self.facts.remove(&id)
            {
                *availability.facts(&definition.name) = facts;
            }
        }
        self.parts.replace(&replaced);
        Schema::from_parts(self.parts)
    }

    /// The needed definitions that only the added schema has.
    fn kept(&mut self, pairs: &Pairs, options: Options<'_>) -> HashSet<Id> {
        let mut open: Vec<Id> = (0..self.first_new).map(Id::new).collect();
        open.extend(&pairs.added);
        for index in self.first_new..self.parts.definitions.len() {
            let it = &self.parts.definitions[index];
            let is_type = !matches!(it.kind, Kind::Command(_) | Kind::Event(_));
            let is_wanted = options.only.is_none_or(|only| only.contains(&it.name));
            if is_type && is_wanted && !it.is_implicit {
                open.push(Id::new(index));
            }
        }
        let mut kept = HashSet::new();
        while let Some(id) = open.pop() {
            let id = self.home(id);
            if !kept.insert(id) {
                continue;
            }
            open.extend(references(self.kind(id)));
            // An array of the merged type may already exist.
            if let Kind::Array(element) = self.kind(id)
                && self.is_new(id)
                && let Some(&array) = self.arrays.get(&self.home(*element))
                && array != id
            {
                kept.remove(&id);
                self.homes.insert(id, array);
                open.push(array);
            }
        }
        kept
    }

    /// Renames kept definitions of the added schema whose names are already used.
    fn rename(&mut self, replaced: &HashMap<Id, Id>, availability: &Availability) {
        let (old, new) = self.parts.definitions.split_at_mut(self.first_new);
        let mut taken: HashSet<String> = HashSet::new();
        taken.extend(old.iter().map(|it| it.name.clone()));
        let label: String = availability
            .name(self.number)
            .split(|c: char| !c.is_ascii_alphanumeric())
            .map(|word| {
                let mut letters = word.chars();
                let first = letters.next().map(|it| it.to_ascii_uppercase());
                first.into_iter().chain(letters).collect::<String>()
            })
            .collect();
        for (index, it) in new.iter_mut().enumerate() {
            if replaced.contains_key(&Id::new(self.first_new + index)) {
                continue;
            }
            if taken.contains(&it.name) {
                it.name += &label;
                while taken.contains(&it.name) {
                    it.name.push('X');
                }
            }
            taken.insert(it.name.clone());
        }
        let modules = self.parts.modules.iter_mut();
        let of_new = modules.filter(|module| {
            let entries = module.entries.iter();
            let mut definitions = entries.filter_map(|entry| match entry {
                qapi_parser::Entry::Definition(id) => Some(id.index()),
                qapi_parser::Entry::Include(..) => None,
            });
            definitions
                .next()
                .is_some_and(|index| index >= self.first_new)
        });
        for module in of_new {
            module.name = format!("{} of {}", module.name, availability.name(self.number));
        }
    }
}

/// The definitions that one names.
fn references(kind: &Kind) -> Vec<Id> {
    match kind {
        Kind::Array(element) => vec![*element],
        Kind::Object(it) => {
            let members = it.members.iter().map(|member| member.ty);
            let branches = it.branches.iter().flat_map(|union| &union.branches);
            let branches = branches.map(|branch| branch.ty);
            let tag = it.branches.iter().map(|union| union.tag);
            let base = it.base.into_iter();
            base.chain(members).chain(branches).chain(tag).collect()
        }
        Kind::Alternate(it) => it.alternatives.iter().map(|branch| branch.ty).collect(),
        Kind::Command(it) => it.arguments.into_iter().chain(it.returns).collect(),
        Kind::Event(it) => it.data.into_iter().collect(),
        Kind::Builtin(_) | Kind::Enum(_) | Kind::Extern => Vec::new(),
    }
}
