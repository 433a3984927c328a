//! The pairs of types of two schemas that become one.

use std::collections::BTreeSet;

use foldhash::HashMap;
use qapi_parser::{Definition, Id, Kind, Schema};

use crate::align::{Sides, align};
use crate::merge::fits::Fits;
use crate::place::{Direction, PlaceId, Root, Step};
use crate::walk::{At, Found, Unions, Walk};

/// The items at the same place in two schemas.
#[derive(Default)]
pub(super) struct Pairs {
    /// Types of the same kind, in the order in which they were found.
    pub(super) types: Vec<(Id, Id)>,
    /// The commands and events that both have.
    pub(super) roots: Vec<(Id, Id)>,
    /// The commands and events that only the new schema has.
    pub(super) added: Vec<Id>,
}

/// Walks both schemas from the commands and events that `only` names, and then from types with the same name.
pub(super) fn pairs(old: &Schema, new: &Schema, only: Option<&BTreeSet<String>>) -> Pairs {
    let mut pairs = Pairs::default();
    let mut walk = Walk::structure(old, new);
    let is_root = |it: &&(Id, &Definition)| {
        matches!(it.1.kind, Kind::Command(_) | Kind::Event(_))
            && only.is_none_or(|only| only.contains(&it.1.name))
    };
    let (of_old, of_new): (Vec<_>, Vec<_>) = (
        old.definitions().filter(|it| is_root(&it)).collect(),
        new.definitions().filter(|it| is_root(&it)).collect(),
    );
    for sides in align(&of_old, &of_new, |it| it.1.name.as_str()) {
        match sides {
            Sides::Old(_) => {}
            Sides::New(it) => pairs.added.push(it.0),
            Sides::Both(old, new) => {
                pairs.roots.push((old.0, new.0));
                let place = walk.places.root(Root::Type, &old.1.name);
                let at = at(place);
                match (&old.1.kind, &new.1.kind) {
                    (Kind::Command(old), Kind::Command(new)) => {
                        walk.meet(old.arguments, new.arguments, at);
                        walk.meet(old.returns, new.returns, at);
                    }
                    (Kind::Event(old), Kind::Event(new)) => walk.meet(old.data, new.data, at),
                    _ => {}
                }
            }
        }
    }
    run(&mut walk, &mut pairs);
    let mut fits = Fits::default();
    let names: HashMap<&str, Id> = old
        .definitions()
        .map(|(id, it)| (it.name.as_str(), id))
        .collect();
    for (id, it) in new.definitions() {
        let is_type = !matches!(
            it.kind,
            Kind::Command(_) | Kind::Event(_) | Kind::Builtin(_)
        );
        if let Some(&other) = names.get(it.name.as_str())
            && is_type
            && !walk.has_met(other, id)
            && fits.check(old, new, (other, id))
        {
            let place = walk.places.root(Root::Type, &it.name);
            walk.meet(Some(other), Some(id), at(place));
            run(&mut walk, &mut pairs);
        }
    }
    pairs
}

fn at(place: PlaceId) -> At {
    At {
        place,
        direction: Direction::Unused,
        spans: (None, None),
        unstable: (false, false),
        open: (false, false),
        reached: (true, true),
    }
}

fn run<'a>(walk: &mut Walk<'a>, pairs: &mut Pairs) {
    while let Some((pair, found)) = walk.step() {
        match found {
            Found::Enums(_) | Found::Alternates(_) => pairs.types.push((pair.old, pair.new)),
            Found::Objects(objects) => {
                pairs.types.push((pair.old, pair.new));
                if let Unions::Both(_) = objects.union {
                    tags(walk, &pair);
                }
            }
            Found::Lists | Found::Shapes(..) => {}
        }
    }
}

/// The discriminators of two unions are paired as well.
fn tags<'a>(walk: &mut Walk<'a>, pair: &crate::walk::Pair<'a>) {
    let tag = |schema: &Schema, id| {
        let union = schema.object(id).and_then(|it| it.branches.as_ref());
        union.map(|union| union.tag)
    };
    let (old, new) = (tag(walk.old, pair.old), tag(walk.new, pair.new));
    let place = walk.places.below(pair.at.place, Step::Member("type"));
    walk.meet(old, new, At { place, ..pair.at });
}
