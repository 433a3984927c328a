//! Walks two schemas side by side. Each pair of types is visited once per direction, so the walk ends on recursive
//! types.

use std::collections::VecDeque;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use qapi_parser::{Branch, Branches, EnumValue, Feature, Id, Kind, Member, Schema, Span};

use crate::align::{Sides, align};
use crate::place::{Direction, PlaceId, Places, Step};
use crate::shape::{Json, Shape, json, members, shape};

/// A pair of items and its place.
#[derive(Clone, Copy)]
pub(crate) struct At {
    pub(crate) place: PlaceId,
    pub(crate) direction: Direction,
    /// The places in the old and the new schema.
    pub(crate) spans: (Option<Span>, Option<Span>),
    /// Whether an item on the path is unstable in the old and in the new schema.
    pub(crate) unstable: (bool, bool),
    /// Whether the old and the new side take members that their schemas do not describe.
    pub(crate) open: (bool, bool),
    /// Whether values get here after an upgrade and after a downgrade. Without its discriminator, a union is not read
    /// any further.
    pub(crate) reached: (bool, bool),
}

impl At {
    /// The directions of a change in which clients rely on the item: the upgrade and the downgrade.
    fn relied_on(&self) -> [bool; 2] {
        [
            self.reached.0 && !self.unstable.0,
            self.reached.1 && !self.unstable.1,
        ]
    }
}

/// Two types at the same place.
pub(crate) struct Pair<'a> {
    pub(crate) old: Id,
    pub(crate) new: Id,
    pub(crate) at: At,
    /// Members of the base that are compared with branches, because the other side has them in its branches.
    beside: Option<Beside<'a>>,
    /// Whether the pair was visited before in this direction.
    pub(crate) is_repeated: bool,
}

/// A pair, its direction, and the addresses of the members of bases that are compared with it. Unions that share a branch
/// may have different members with the same name in their bases.
type Key = (Id, Id, Direction, Vec<*const Member>);

/// Members of a union's base.
#[derive(Clone)]
struct Beside<'a> {
    old: Rc<[&'a Member]>,
    new: Rc<[&'a Member]>,
}

impl<'a> Beside<'a> {
    /// Whether the member is one of these.
    fn has(&self, sides: &Sides<&'a Member>) -> bool {
        match sides {
            Sides::Old(member) => self.old.iter().any(|it| std::ptr::eq(*it, *member)),
            Sides::New(member) => self.new.iter().any(|it| std::ptr::eq(*it, *member)),
            Sides::Both(..) => false,
        }
    }
}

/// The contents of a pair of types.
pub(crate) enum Found<'a> {
    /// Two types of the same kind, whose parts are visited next.
    Enums(Vec<Sides<&'a EnumValue>>),
    Lists,
    Objects(Objects<'a>),
    Alternates(Vec<Sides<&'a Branch>>),
    /// Types of other kinds, or built-in ones.
    Shapes(Shape<'a>, Shape<'a>),
}

pub(crate) struct Objects<'a> {
    pub(crate) members: Vec<Sides<&'a Member>>,
    /// The members of the old base that are in the new branches, and those of the new base that were in the old branches.
    pub(crate) moved: Vec<Sides<&'a Member>>,
    pub(crate) union: Unions<'a>,
}

/// The branches of two objects.
pub(crate) enum Unions<'a> {
    Neither,
    /// Only the old one is a union.
    Old,
    /// Only the new one is a union.
    New,
    /// Both are, with the same discriminator.
    Both(Vec<Sides<&'a Branch>>),
    /// Both are, with different discriminators.
    Differ,
}

pub(crate) struct Walk<'a> {
    pub(crate) old: &'a Schema,
    pub(crate) new: &'a Schema,
    pub(crate) places: Places<'a>,
    /// The visited pairs, each with the directions in which clients rely on it. If clients rely on a pair in another
    /// direction on another path, it is visited again.
    seen: HashMap<Key, [bool; 2]>,
    /// The pairs to visit, by the number of directions in which clients do not rely on them. The pairs that they rely
    /// on most are visited first, those with the shortest path first among them, so a change is reported at the best
    /// place.
    open: [VecDeque<Pair<'a>>; 3],
    /// The objects without members of both sides.
    empty: (Option<Id>, Option<Id>),
}

impl<'a> Walk<'a> {
    pub(crate) fn new(old: &'a Schema, new: &'a Schema) -> Self {
        Self {
            old,
            new,
            places: Places::default(),
            seen: HashMap::new(),
            open: Default::default(),
            empty: (old.find("q_empty"), new.find("q_empty")),
        }
    }

    /// Queues a pair unless it was visited. An absent type is an object without members.
    pub(crate) fn meet(&mut self, old: Option<Id>, new: Option<Id>, at: At) {
        let (old, new) = (old.or(self.empty.0), new.or(self.empty.1));
        let (Some(old), Some(new)) = (old, new) else {
            return;
        };
        self.queue(Pair {
            old,
            new,
            at,
            beside: None,
            is_repeated: false,
        });
    }

    fn queue(&mut self, pair: Pair<'a>) {
        let relied_on = pair.at.relied_on();
        let queue = relied_on.into_iter().filter(|it| !it).count();
        self.open[queue].push_back(pair);
    }

    /// The pair, if it is still to be visited. A pair whose parts differ is visited once. If a type was replaced by one
    /// of another shape, each such place has changed.
    fn unless_done(&mut self, pair: Pair<'a>) -> Option<Pair<'a>> {
        let relied_on = pair.at.relied_on();
        let beside = pair.beside.iter();
        let beside = beside.flat_map(|it| it.old.iter().chain(it.new.iter()));
        let beside = beside.map(|it| std::ptr::from_ref(*it)).collect();
        let is_repeated = match self
            .seen
            .entry((pair.old, pair.new, pair.at.direction, beside))
        {
            Entry::Vacant(entry) => {
                entry.insert(relied_on);
                false
            }
            Entry::Occupied(mut entry) => {
                let [upgrade, downgrade] = *entry.get();
                let both = [upgrade || relied_on[0], downgrade || relied_on[1]];
                entry.insert(both) == both
            }
        };
        let is_done = is_repeated && !self.is_replaced(pair.old, pair.new);
        (!is_done).then_some(Pair {
            is_repeated,
            ..pair
        })
    }

    /// Whether a type or, in a list, its element was replaced by one of another shape.
    fn is_replaced(&self, old: Id, new: Id) -> bool {
        let is_replaced = |old: &Shape<'_>, new: &Shape<'_>| match (old, new) {
            (Shape::Scalar(old), Shape::Scalar(new)) => old != new,
            _ => std::mem::discriminant(old) != std::mem::discriminant(new),
        };
        match (shape(self.old, old), shape(self.new, new)) {
            (Shape::List(old), Shape::List(new)) => {
                is_replaced(&shape(self.old, old), &shape(self.new, new))
            }
            (old, new) => is_replaced(&old, &new),
        }
    }

    /// Whether two types were paired.
    pub(crate) fn has_met(&self, old: Id, new: Id) -> bool {
        [Direction::Sent, Direction::Received, Direction::Unused]
            .into_iter()
            .any(|direction| self.seen.contains_key(&(old, new, direction, Vec::new())))
    }

    /// Visits the next pair, and adds the pairs below it.
    pub(crate) fn step(&mut self) -> Option<(Pair<'a>, Found<'a>)> {
        let pair = self.next()?;
        let (old, new) = (shape(self.old, pair.old), shape(self.new, pair.new));
        let found = match (old, new) {
            (Shape::Enum(old), Shape::Enum(new)) => {
                let values = align(&old.values, &new.values, |value| value.name.value.as_str());
                Found::Enums(values)
            }
            (Shape::List(old), Shape::List(new)) => {
                self.below(&pair, Step::Element, old, new);
                Found::Lists
            }
            (Shape::Alternate(old), Shape::Alternate(new)) => {
                let (old, new) = (&old.alternatives, &new.alternatives);
                Found::Alternates(self.alternatives(&pair, old, new))
            }
            (Shape::Object(old), Shape::Object(new)) => self.objects(&pair, old, new),
            (Shape::Alternate(old), new) => {
                if !pair.is_repeated
                    && let Some((it, json)) =
                        self.alternative_for(self.old, &old.alternatives, self.new, pair.new)
                {
                    self.below(&pair, Step::Alternative(json), it.ty, pair.new);
                }
                Found::Shapes(Shape::Alternate(old), new)
            }
            (old, Shape::Alternate(new)) => {
                if !pair.is_repeated
                    && let Some((it, json)) =
                        self.alternative_for(self.new, &new.alternatives, self.old, pair.old)
                {
                    self.below(&pair, Step::Alternative(json), pair.old, it.ty);
                }
                Found::Shapes(old, Shape::Alternate(new))
            }
            (old, new) => Found::Shapes(old, new),
        };
        Some((pair, found))
    }

    fn next(&mut self) -> Option<Pair<'a>> {
        loop {
            let mut open = self.open.iter_mut();
            let pair = open.find_map(VecDeque::pop_front)?;
            if let Some(pair) = self.unless_done(pair) {
                return Some(pair);
            }
        }
    }

    fn below(&mut self, pair: &Pair<'a>, step: Step<'a>, old: Id, new: Id) {
        let place = self.places.below(pair.at.place, step);
        self.meet(Some(old), Some(new), At { place, ..pair.at });
    }

    fn member(&mut self, pair: &Pair<'a>, old: &'a Member, new: &'a Member) {
        let step = Step::Member(&old.name.value);
        let at = At {
            place: self.places.below(pair.at.place, step),
            open: (false, false),
            spans: (Some(old.name.span), Some(new.name.span)),
            unstable: (
                pair.at.unstable.0 || is_unstable(&old.name.value, &old.features),
                pair.at.unstable.1 || is_unstable(&new.name.value, &new.features),
            ),
            ..pair.at
        };
        self.meet(Some(old.ty), Some(new.ty), at);
    }

    fn objects(
        &mut self,
        pair: &Pair<'a>,
        old: Option<&'a Branches>,
        new: Option<&'a Branches>,
    ) -> Found<'a> {
        let mut of_old = members(self.old, pair.old);
        let mut of_new = members(self.new, pair.new);
        if let Some(beside) = &pair.beside {
            of_old.extend(beside.old.iter());
            of_new.extend(beside.new.iter());
        }
        let aligned = align(of_old, of_new, |member| member.name.value.as_str());
        let is_same = matches!((old, new), (Some(old), Some(new)) if old.discriminator.value == new.discriminator.value);
        let moved = match (old, new) {
            (None, None) => None,
            (Some(_), Some(_)) if !is_same => None,
            _ => self.moved(&aligned, old, new),
        };
        let has = |beside: &Option<Beside<'a>>, it: &Sides<&'a Member>| {
            beside.as_ref().is_some_and(|beside| beside.has(it))
        };
        let (mut moved_members, members): (Vec<_>, Vec<_>) =
            aligned.into_iter().partition(|it| has(&moved, it));
        // The members of an outer union's base have moved there.
        moved_members.retain(|it| !has(&pair.beside, it));
        for sides in &members {
            if let Sides::Both(old_member, new_member) = *sides {
                // The values of a discriminator are the branches.
                let name = old_member.name.value.as_str();
                if !(is_same && old.is_some_and(|union| union.discriminator.value == name)) {
                    self.member(pair, old_member, new_member);
                }
            }
        }
        let unstable = (
            unstable_branches(self.old, old),
            unstable_branches(self.new, new),
        );
        let union = match (old, new) {
            (None, None) => Unions::Neither,
            (Some(old), Some(new)) if is_same => {
                let branches = align(&old.branches, &new.branches, |it| it.name.value.as_str());
                for sides in &branches {
                    if let Sides::Both(old, new) = *sides {
                        self.branch(pair, Some(old), Some(new), &moved, &unstable);
                    }
                }
                Unions::Both(branches)
            }
            (Some(_), Some(_)) => Unions::Differ,
            (Some(union), None) => {
                let reached = self.reached(union, &members, pair.at.direction, (false, true));
                self.lone_branches(pair, reached, union, |walk, pair, branch| {
                    walk.branch(pair, Some(branch), None, &moved, &unstable);
                });
                Unions::Old
            }
            (None, Some(union)) => {
                let reached = self.reached(union, &members, pair.at.direction, (true, false));
                self.lone_branches(pair, reached, union, |walk, pair, branch| {
                    walk.branch(pair, None, Some(branch), &moved, &unstable);
                });
                Unions::New
            }
        };
        Found::Objects(Objects {
            members,
            moved: moved_members,
            union,
        })
    }

    /// Visits the branches of a union whose counterpart is an object without branches.
    fn lone_branches(
        &mut self,
        pair: &Pair<'a>,
        reached: (bool, bool),
        union: &'a Branches,
        mut visit: impl FnMut(&mut Self, &Pair<'a>, &'a Branch),
    ) {
        let at = &pair.at;
        let reached = (at.reached.0 && reached.0, at.reached.1 && reached.1);
        if reached == (false, false) {
            return;
        }
        let pair = Pair {
            at: At { reached, ..*at },
            beside: pair.beside.clone(),
            ..*pair
        };
        for branch in &union.branches {
            visit(self, &pair, branch);
        }
    }

    /// Whether the branches of such a union are read after an upgrade and after a downgrade. If the other object lacks
    /// the discriminator, QEMU rejects the union, and clients fail to decode it. They ignore it only if the union is on
    /// the sender's side, as `ignored` tells.
    fn reached(
        &self,
        union: &Branches,
        members: &[Sides<&'a Member>],
        direction: Direction,
        ignored: (bool, bool),
    ) -> (bool, bool) {
        let is_common = members.iter().any(
            |sides| matches!(sides, Sides::Both(it, _) if it.name.value == union.discriminator.value),
        );
        match direction {
            _ if is_common => (true, true),
            Direction::Sent => (false, false),
            Direction::Received => ignored,
            Direction::Unused => (true, true),
        }
    }

    fn branch(
        &mut self,
        pair: &Pair<'a>,
        old: Option<&'a Branch>,
        new: Option<&'a Branch>,
        beside: &Option<Beside<'a>>,
        unstable: &(HashSet<&'a str>, HashSet<&'a str>),
    ) {
        let Some(any) = old.or(new) else {
            return;
        };
        let span = |it: Option<&Branch>, other| it.map(|it| it.name.span).or(other);
        let at = At {
            place: self
                .places
                .below(pair.at.place, Step::Branch(&any.name.value)),
            spans: (span(old, pair.at.spans.0), span(new, pair.at.spans.1)),
            unstable: (
                pair.at.unstable.0 || unstable.0.contains(any.name.value.as_str()),
                pair.at.unstable.1 || unstable.1.contains(any.name.value.as_str()),
            ),
            ..pair.at
        };
        let (old, new) = (old.map(|it| it.ty), new.map(|it| it.ty));
        let Some(beside) = beside else {
            return self.meet(old, new, at);
        };
        if let (Some(old), Some(new)) = (old.or(self.empty.0), new.or(self.empty.1)) {
            self.queue(Pair {
                old,
                new,
                at,
                beside: Some(beside.clone()),
                is_repeated: false,
            });
        }
    }

    /// The members that one side has in its base and the other side in branches.
    fn moved(
        &self,
        members: &[Sides<&'a Member>],
        old: Option<&'a Branches>,
        new: Option<&'a Branches>,
    ) -> Option<Beside<'a>> {
        let only = |pick: fn(&Sides<&'a Member>) -> Option<&'a Member>,
                    schema,
                    union: Option<&'a Branches>| {
            let mut only: Vec<&Member> = members.iter().filter_map(pick).collect();
            if !only.is_empty() {
                let branches = union.into_iter().flat_map(|it| &it.branches);
                let names = names_in(schema, branches.map(|branch| branch.ty).collect());
                only.retain(|member| names.contains(member.name.value.as_str()));
            }
            only
        };
        let old_only = only(
            |it| match it {
                Sides::Old(it) => Some(it),
                _ => None,
            },
            self.new,
            new,
        );
        let new_only = only(
            |it| match it {
                Sides::New(it) => Some(it),
                _ => None,
            },
            self.old,
            old,
        );
        (!old_only.is_empty() || !new_only.is_empty()).then(|| Beside {
            old: old_only.into(),
            new: new_only.into(),
        })
    }

    fn alternatives(
        &mut self,
        pair: &Pair<'a>,
        old: &'a [Branch],
        new: &'a [Branch],
    ) -> Vec<Sides<&'a Branch>> {
        // A number may be an integer, so the two are paired unless each has its own counterpart.
        let key = |schema: &Schema, it: &Branch, other: &Schema, others: &[Branch]| {
            let json = json(schema, it.ty);
            let other_has = |wanted| others.iter().any(|it| self::json(other, it.ty) == wanted);
            match json {
                Some(Json::Integer) if !other_has(json) => Some(Json::Number),
                json => json,
            }
        };
        let mut aligned: Vec<Sides<&Branch>> = old.iter().map(Sides::Old).collect();
        for it in new {
            let wanted = key(self.new, it, self.old, old);
            let found = aligned.iter_mut().find(|sides| match sides {
                Sides::Old(other) => key(self.old, other, self.new, new) == wanted,
                _ => false,
            });
            match found {
                Some(sides) => {
                    if let Sides::Old(old) = *sides {
                        *sides = Sides::Both(old, it);
                    }
                }
                None => aligned.push(Sides::New(it)),
            }
        }
        for sides in &aligned {
            if let Sides::Both(old, new) = *sides
                && let Some(json) = json(self.old, old.ty)
            {
                self.below(pair, Step::Alternative(json), old.ty, new.ty);
            }
        }
        aligned
    }

    /// The alternative that takes the values of a type.
    pub(crate) fn alternative_for(
        &self,
        schema: &Schema,
        alternatives: &'a [Branch],
        other: &Schema,
        ty: Id,
    ) -> Option<(&'a Branch, Json)> {
        let wanted = json(other, ty)?;
        let mut found = alternatives
            .iter()
            .filter_map(|it| Some((it, json(schema, it.ty)?)));
        let exact = found.clone().find(|(_, json)| *json == wanted);
        exact.or_else(|| {
            let pair = [Json::Integer, Json::Number];
            found.find(|(_, json)| pair.contains(json) && pair.contains(&wanted))
        })
    }
}

/// The names of the members that branches have.
fn names_in(schema: &Schema, mut open: Vec<Id>) -> HashSet<&str> {
    let mut names = HashSet::new();
    let mut seen = HashSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            names.extend(members(schema, id).iter().map(|it| it.name.value.as_str()));
            if let Shape::Object(Some(union)) = shape(schema, id) {
                open.extend(union.branches.iter().map(|branch| branch.ty));
            }
        }
    }
    names
}

/// The names of the branches that an unstable value of the discriminator selects.
fn unstable_branches<'a>(schema: &'a Schema, union: Option<&'a Branches>) -> HashSet<&'a str> {
    let values = union.map(|union| &schema.get(union.tag).kind);
    let values = match values {
        Some(Kind::Enum(it)) => &it.values[..],
        _ => &[],
    };
    let unstable = values
        .iter()
        .filter(|it| is_unstable(&it.name.value, &it.features));
    unstable.map(|it| it.name.value.as_str()).collect()
}

/// Whether an item may change at any time. Before the feature existed, names indicated it.
pub(crate) fn is_unstable(name: &str, features: &[Feature]) -> bool {
    let name = match name.strip_prefix("__") {
        Some(downstream) => downstream.split_once('_').map_or("", |(_, name)| name),
        None => name,
    };
    name.starts_with("x-") || features.iter().any(|it| it.name.value == "unstable")
}
