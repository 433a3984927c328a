//! Random schemas, and random changes of them.

use std::fmt::{self, Display};

use crate::dice::Dice;

#[derive(Clone)]
pub(crate) struct Model {
    types: Vec<(String, Type)>,
    commands: Vec<(String, Option<String>, Option<String>)>,
    events: Vec<(String, Option<String>)>,
    /// Creates unique names.
    next: usize,
}

#[derive(Clone)]
enum Type {
    Enum(Vec<String>),
    Struct(Option<String>, Vec<Member>),
    Union(Vec<Member>, String, Vec<(String, String)>),
    Alternate(Vec<(String, String)>),
}

#[derive(Clone)]
struct Member {
    name: String,
    ty: String,
    is_list: bool,
    optional: bool,
}

const BUILTINS: [&str; 9] = [
    "str", "bool", "int", "uint8", "uint32", "size", "number", "any", "int8",
];

impl Model {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let mut model = Self {
            types: Vec::new(),
            commands: Vec::new(),
            events: Vec::new(),
            next: 0,
        };
        for _ in 0..2 + dice.below(2) {
            model.add_enum(dice);
        }
        for _ in 0..3 + dice.below(4) {
            model.add_struct(dice);
        }
        for _ in 0..1 + dice.below(2) {
            model.add_union(dice);
        }
        if dice.coin() {
            model.add_similar_union(dice);
        }
        model.add_alternate(dice);
        for _ in 0..2 {
            model.add_struct(dice);
        }
        for _ in 0..2 + dice.below(3) {
            let name = model.name("c");
            let (data, returns) = (model.some_object(dice), model.some_object(dice));
            model.commands.push((name, data, returns));
        }
        let name = model.name("E");
        let data = model.some_object(dice);
        model.events.push((name, data));
        model
    }

    fn name(&mut self, prefix: &str) -> String {
        self.next += 1;
        format!("{prefix}{}", self.next)
    }

    fn named(&self, is: fn(&Type) -> bool) -> Vec<String> {
        let types = self.types.iter().filter(|(_, it)| is(it));
        types.map(|(name, _)| name.clone()).collect()
    }

    fn some_object(&self, dice: &mut Dice) -> Option<String> {
        let objects = self.named(|it| matches!(it, Type::Struct(..) | Type::Union(..)));
        match objects.is_empty() || dice.below(5) == 0 {
            true => None,
            false => Some(dice.pick(&objects).clone()),
        }
    }

    /// A required member has an existing type, so that values are finite.
    fn member(&mut self, dice: &mut Dice) -> Member {
        let types: Vec<String> = self.types.iter().map(|(name, _)| name.clone()).collect();
        let ty = match types.is_empty() || dice.coin() {
            true => (*dice.pick(&BUILTINS)).to_owned(),
            false => dice.pick(&types).clone(),
        };
        Member {
            name: self.name("m"),
            ty,
            is_list: dice.below(4) == 0,
            optional: dice.coin(),
        }
    }

    fn members(&mut self, dice: &mut Dice) -> Vec<Member> {
        (0..dice.below(4)).map(|_| self.member(dice)).collect()
    }

    fn add_enum(&mut self, dice: &mut Dice) {
        let name = self.name("Enum");
        let values = (0..1 + dice.below(3)).map(|_| self.name("v")).collect();
        self.types.push((name, Type::Enum(values)));
    }

    fn add_struct(&mut self, dice: &mut Dice) {
        let structs = self.named(|it| matches!(it, Type::Struct(..)));
        let base = (!structs.is_empty() && dice.below(3) == 0).then(|| dice.pick(&structs).clone());
        let members = self.members(dice);
        let name = self.name("Struct");
        self.types.push((name, Type::Struct(base, members)));
    }

    fn add_union(&mut self, dice: &mut Dice) {
        let enums = self.named(|it| matches!(it, Type::Enum(_)));
        let structs = self.named(|it| matches!(it, Type::Struct(..)));
        let tag = dice.pick(&enums).clone();
        let Some((_, Type::Enum(values))) = self.types.iter().find(|(name, _)| *name == tag) else {
            return;
        };
        let values = values.clone();
        let branches = values
            .iter()
            .map(|value| (value.clone(), dice.pick(&structs).clone()));
        let mut branches: Vec<_> = branches.collect();
        branches.truncate(1 + dice.below(values.len()));
        let base = self.members(dice);
        let name = self.name("Union");
        self.types.push((name, Type::Union(base, tag, branches)));
    }

    /// A union with the branches of another one and with members of the same names in its base, and commands that use both.
    fn add_similar_union(&mut self, dice: &mut Dice) {
        let unions = self.named(|it| matches!(it, Type::Union(..)));
        let union = dice.pick(&unions).clone();
        let added = self.member(dice);
        let name = self.name("Union");
        let mut similar = self.find(&union).cloned();
        if let Some(Type::Union(base, ..)) = &mut similar {
            change_members(base, added, dice);
        }
        self.types.extend(similar.map(|it| (name.clone(), it)));
        for union in [union, name] {
            let name = self.name("c");
            self.commands.push((name, Some(union.clone()), Some(union)));
        }
    }

    fn add_alternate(&mut self, dice: &mut Dice) {
        let structs = self.named(|it| matches!(it, Type::Struct(..)));
        let all = [
            ("flag", "bool".to_owned()),
            ("count", "int".to_owned()),
            ("object", dice.pick(&structs).clone()),
        ];
        let alternatives = all.into_iter().filter(|_| dice.below(3) > 0);
        let mut alternatives: Vec<_> = alternatives
            .map(|(name, ty)| (name.to_owned(), ty))
            .collect();
        if alternatives.is_empty() {
            alternatives.push(("text".to_owned(), "str".to_owned()));
        }
        let name = self.name("Alternate");
        self.types.push((name, Type::Alternate(alternatives)));
    }

    /// Makes one change.
    pub(crate) fn change(&mut self, dice: &mut Dice) {
        let index = dice.below(self.types.len());
        let mut added = self.member(dice);
        // An item that is added to an earlier type may refer back to it.
        added.optional |= dice.coin();
        let value = self.name("v");
        let renamed = self.name("Renamed");
        let object = self.some_object(dice);
        match dice.below(8) {
            0 => return self.rename(index, &renamed),
            1 if !self.commands.is_empty() => {
                let command = dice.below(self.commands.len());
                match dice.coin() {
                    true => self.commands[command].1 = object,
                    false => self.commands[command].2 = object,
                }
                return;
            }
            2 => {
                self.commands.push((value.replace('v', "c"), object, None));
                return;
            }
            _ => {}
        }
        let structs = self.named(|it| matches!(it, Type::Struct(..)));
        if let Type::Union(base, _, branches) = self.types[index].1.clone()
            && !base.is_empty()
            && dice.coin()
        {
            let moved = dice.pick(&base).clone();
            return self.move_to_branch(moved, &dice.pick(&branches).1);
        }
        match &mut self.types[index].1 {
            Type::Enum(values) => match dice.coin() && values.len() > 1 {
                true => {
                    values.remove(dice.below(values.len()));
                }
                false => values.push(value),
            },
            Type::Struct(base, members) => match dice.below(6) {
                0 => *base = None,
                _ => change_members(members, added, dice),
            },
            Type::Union(base, _, branches) => match dice.below(4) {
                0 if branches.len() > 1 => {
                    branches.remove(dice.below(branches.len()));
                }
                1 => {
                    let branch = dice.below(branches.len());
                    branches[branch].1 = dice.pick(&structs).clone();
                }
                _ => change_members(base, added, dice),
            },
            Type::Alternate(alternatives) => match dice.coin() && alternatives.len() > 1 {
                true => {
                    alternatives.remove(dice.below(alternatives.len()));
                }
                false => alternatives.push(("list".to_owned(), "[ 'int' ]".to_owned())),
            },
        }
    }

    /// Moves a member from the bases of all unions with a branch to the branch.
    fn move_to_branch(&mut self, moved: Member, branch: &str) {
        for (name, ty) in &mut self.types {
            match ty {
                Type::Union(base, _, branches) if branches.iter().any(|it| it.1 == branch) => {
                    base.retain(|it| it.name != moved.name);
                }
                Type::Struct(_, members) if name == branch => members.push(moved.clone()),
                _ => {}
            }
        }
    }

    /// Changes one thing in a way that only a merge has to cope with: members move between unions and their branches, names
    /// of members and of types are used again, and unions become structs.
    pub(crate) fn reshape(&mut self, dice: &mut Dice) {
        let unions = self.named(|it| matches!(it, Type::Union(..)));
        if unions.is_empty() {
            return;
        }
        let union = dice.pick(&unions).clone();
        let mut added = self.member(dice);
        let value = self.name("v");
        let Some(Type::Union(base, tag, branches)) = self.find(&union).cloned() else {
            return;
        };
        let branch = dice.pick(&branches).1.clone();
        let Some(Type::Struct(_, members)) = self.find(&branch).cloned() else {
            return;
        };
        match dice.below(6) {
            // From the base to a branch, and back.
            0 | 1 if !base.is_empty() => {
                let moved = base[dice.below(base.len())].clone();
                let is_moved = |it: &Member| it.name == moved.name;
                if let Some(Type::Union(base, ..)) = self.find(&union) {
                    base.retain(|it| !is_moved(it));
                }
                if let Some(Type::Struct(_, members)) = self.find(&branch) {
                    members.push(moved);
                }
            }
            2 if !members.is_empty() => {
                let moved = members[dice.below(members.len())].clone();
                let is_moved = |it: &Member| it.name == moved.name;
                if let Some(Type::Struct(_, members)) = self.find(&branch) {
                    members.retain(|it| !is_moved(it));
                }
                if let Some(Type::Union(base, ..)) = self.find(&union) {
                    base.push(moved);
                }
            }
            // A member of another type with a known name.
            3 => {
                if let Some(known) = members.first() {
                    added.name.clone_from(&known.name);
                }
                let objects = self.named(|it| matches!(it, Type::Struct(..)));
                let other = dice.pick(&objects).clone();
                if let Some(Type::Struct(_, members)) = self.find(&other) {
                    members.push(added);
                }
            }
            4 => {
                if let Some(it) = self.find(&union) {
                    let name = "tag".to_owned();
                    let optional = dice.coin();
                    let is_list = false;
                    let tag = Member {
                        name,
                        ty: tag,
                        is_list,
                        optional,
                    };
                    let members = base.into_iter().chain([tag]).collect();
                    *it = Type::Struct(None, members);
                }
            }
            // A type with a known name and other contents.
            _ => {
                let index = dice.below(self.types.len());
                if let Type::Enum(values) = &mut self.types[index].1 {
                    *values = vec![value];
                } else if !matches!(self.types[index].1, Type::Struct(..)) {
                    self.types[index].1 = Type::Struct(None, vec![added]);
                }
            }
        }
    }

    fn find(&mut self, name: &str) -> Option<&mut Type> {
        let mut types = self.types.iter_mut();
        types.find(|(it, _)| it == name).map(|(_, ty)| ty)
    }

    fn rename(&mut self, index: usize, new: &str) {
        let old = std::mem::replace(&mut self.types[index].0, new.to_owned());
        let rename = |name: &mut String| {
            if *name == old {
                new.clone_into(name);
            }
        };
        for (_, ty) in &mut self.types {
            match ty {
                Type::Enum(_) => {}
                Type::Struct(base, members) => {
                    base.iter_mut().for_each(rename);
                    members.iter_mut().for_each(|it| rename(&mut it.ty));
                }
                Type::Union(base, tag, branches) => {
                    rename(tag);
                    base.iter_mut().for_each(|it| rename(&mut it.ty));
                    branches.iter_mut().for_each(|it| rename(&mut it.1));
                }
                Type::Alternate(alternatives) => {
                    alternatives.iter_mut().for_each(|it| rename(&mut it.1));
                }
            }
        }
        for (_, data, returns) in &mut self.commands {
            data.iter_mut().chain(returns).for_each(rename);
        }
        for (_, data) in &mut self.events {
            data.iter_mut().for_each(rename);
        }
    }
}

fn change_members(members: &mut Vec<Member>, added: Member, dice: &mut Dice) {
    if members.is_empty() {
        return members.push(added);
    }
    let index = dice.below(members.len());
    match dice.below(5) {
        0 => {
            members.remove(index);
        }
        1 => members[index].optional = !members[index].optional,
        2 => members[index].ty = added.ty,
        3 => members[index].is_list = !members[index].is_list,
        _ => members.push(added),
    }
}

impl Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.optional { "*" } else { "" };
        let Self { name, ty, .. } = self;
        match self.is_list {
            true => write!(f, "'{star}{name}': [ '{ty}' ]"),
            false => write!(f, "'{star}{name}': '{ty}'"),
        }
    }
}

fn list<T>(items: &[T], show: impl Fn(&T) -> String) -> String {
    items.iter().map(show).collect::<Vec<_>>().join(", ")
}

impl Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = |members: &[Member]| list(members, Member::to_string);
        let branches = |branches: &[(String, String)]| {
            list(branches, |(name, ty)| match ty.starts_with('[') {
                true => format!("'{name}': {ty}"),
                false => format!("'{name}': '{ty}'"),
            })
        };
        for (name, ty) in &self.types {
            match ty {
                Type::Enum(values) => {
                    let values = list(values, |it| format!("'{it}'"));
                    writeln!(f, "{{ 'enum': '{name}', 'data': [ {values} ] }}")?;
                }
                Type::Struct(base, own) => {
                    let base = base.as_ref().map(|it| format!("'base': '{it}', "));
                    let base = base.unwrap_or_default();
                    let own = members(own);
                    writeln!(f, "{{ 'struct': '{name}', {base}'data': {{ {own} }} }}")?;
                }
                Type::Union(base, tag, data) => {
                    let base = base.iter().map(|it| format!(", {it}")).collect::<String>();
                    let data = branches(data);
                    writeln!(
                        f,
                        "{{ 'union': '{name}', 'base': {{ 'tag': '{tag}'{base} }}, 'discriminator': 'tag', 'data': {{ {data} }} }}"
                    )?;
                }
                Type::Alternate(data) => {
                    let data = branches(data);
                    writeln!(f, "{{ 'alternate': '{name}', 'data': {{ {data} }} }}")?;
                }
            }
        }
        for (name, data, returns) in &self.commands {
            let data = data
                .as_ref()
                .map(|it| format!(", 'boxed': true, 'data': '{it}'"));
            let returns = returns.as_ref().map(|it| format!(", 'returns': '{it}'"));
            let (data, returns) = (data.unwrap_or_default(), returns.unwrap_or_default());
            writeln!(f, "{{ 'command': '{name}'{data}{returns} }}")?;
        }
        for (name, data) in &self.events {
            let data = data
                .as_ref()
                .map(|it| format!(", 'boxed': true, 'data': '{it}'"));
            writeln!(f, "{{ 'event': '{name}'{} }}", data.unwrap_or_default())?;
        }
        Ok(())
    }
}
