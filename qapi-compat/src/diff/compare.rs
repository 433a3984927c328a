//! Walks two schemas from their common definitions, and collects the changes.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use qapi_parser::{Command, Definition, Id, Kind, Span};

use crate::align::{Sides, align};
use crate::diff::change::{Change, describe};
use crate::diff::directions::Directions;
use crate::diff::names::folded;
use crate::diff::recursion;
use crate::place::{Direction, Root};
use crate::rule::{self, Rule, Severity};
use crate::side::Side;
use crate::walk::{At, Walk, is_unstable};

/// A change of a program: the rule, the compared types, the places in the old and in the new schema, and the words.
type InRust = (
    &'static str,
    Option<(Id, Id)>,
    (Option<Span>, Option<Span>),
    String,
);

/// The state of a comparison.
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Side,
    pub(super) new: &'a Side,
    pub(super) walk: Walk<'a>,
    pub(super) changes: Vec<Change>,
    /// The pairs of names of types that have been reported.
    pub(super) renamed: HashSet<(&'a str, &'a str)>,
    /// The types that are being compared.
    types: Option<(Id, Id)>,
    /// The changes whose effect in Rust has been reported. Types that are both sent and received are compared twice, but
    /// are the same in Rust.
    in_rust: HashSet<InRust>,
    /// The numbers of the commands, events and types in the order in which they are reported.
    order: HashMap<(Root, &'a str), usize>,
    /// The recursive types of the old and the new schema.
    pub(super) recursive: (HashSet<Id>, HashSet<Id>),
}

/// All changes from `old` to `new`, limited to `only` if given.
pub(super) fn compare(old: &Side, new: &Side, only: Option<&BTreeSet<String>>) -> Vec<Change> {
    let sources = old.known.source && new.known.source;
    let recursive = |side: &Side| match sources {
        true => recursion::recursive(&side.schema),
        false => HashSet::new(),
    };
    let mut comparison = Comparison {
        old,
        new,
        walk: Walk::new(&old.schema, &new.schema),
        changes: Vec::new(),
        renamed: HashSet::new(),
        types: None,
        in_rust: HashSet::new(),
        order: HashMap::new(),
        recursive: (recursive(old), recursive(new)),
    };
    let is_wanted = |it: &&Definition| only.is_none_or(|only| only.contains(&it.name));
    comparison.commands(is_wanted);
    comparison.events(is_wanted);
    comparison.run();
    if sources {
        let directions = only.map(|_| [old, new].map(|side| Directions::new(&side.schema)));
        comparison.types(is_wanted, directions.as_ref());
        comparison.run();
    }
    comparison.in_order()
}

impl<'a> Comparison<'a> {
    fn run(&mut self) {
        while let Some((pair, found)) = self.walk.step() {
            self.types = Some((pair.old, pair.new));
            self.pair(&pair, found);
        }
        self.types = None;
    }

    fn aligned(
        &self,
        is: fn(&Kind) -> bool,
        is_wanted: impl Fn(&&Definition) -> bool,
    ) -> Vec<Sides<&'a Definition>> {
        let old = self.old.written(is).filter(&is_wanted);
        let new = self.new.written(is).filter(&is_wanted);
        align(old, new, |it| it.name.as_str())
    }

    fn commands(&mut self, is_wanted: impl Fn(&&Definition) -> bool) {
        let commands = self.aligned(|kind| matches!(kind, Kind::Command(_)), is_wanted);
        for sides in &commands {
            let at = self.root(Root::Command, Direction::Sent, sides);
            match *sides {
                Sides::Old(_) => self.definition(&rule::command_removed::RULE, at, sides),
                Sides::New(_) => self.definition(&rule::command_added::RULE, at, sides),
                Sides::Both(old, new) => {
                    self.facts(
                        at,
                        (&old.name, old.condition.as_ref(), &old.features),
                        (&new.name, new.condition.as_ref(), &new.features),
                    );
                    if let (Kind::Command(of_old), Kind::Command(of_new)) = (&old.kind, &new.kind) {
                        self.command(at, old, of_old, of_new);
                    }
                }
            }
        }
        self.ambiguous(
            commands.iter().copied(),
            |it| folded(&it.name),
            |comparison, sides| comparison.root(Root::Command, Direction::Unused, sides),
        );
    }

    fn command(&mut self, at: At, it: &'a Definition, old: &Command, new: &Command) {
        match (old.allow_oob, new.allow_oob) {
            (false, true) => self.report(&rule::oob_added::RULE, at, ("", "")),
            (true, false) => self.report(&rule::oob_removed::RULE, at, ("", "")),
            _ => {}
        }
        if self.old.known.source && self.new.known.source {
            match (old.success_response, new.success_response) {
                (false, true) => self.report(&rule::success_response_added::RULE, at, ("", "")),
                (true, false) => self.report(&rule::success_response_removed::RULE, at, ("", "")),
                _ => {}
            }
            match (old.gen_code, new.gen_code) {
                (true, false) => self.report(&rule::arguments_now_open::RULE, at, ("", "")),
                (false, true) => self.report(&rule::arguments_now_closed::RULE, at, ("", "")),
                _ => {}
            }
            self.returns(at, old.returns, new.returns);
            if old.gen_code && new.gen_code {
                self.whole(at, old.arguments, new.arguments);
            }
        }
        let arguments = At {
            place: self.walk.places.root(Root::Arguments, &it.name),
            open: (!old.gen_code, !new.gen_code),
            ..at
        };
        self.walk.meet(old.arguments, new.arguments, arguments);
        let returns = At {
            place: self.walk.places.root(Root::Returns, &it.name),
            direction: Direction::Received,
            ..at
        };
        self.walk.meet(old.returns, new.returns, returns);
    }

    fn returns(&mut self, at: At, old: Option<Id>, new: Option<Id>) {
        match (old, new) {
            (None, Some(new)) => {
                let words = describe(self.new, new);
                self.report(&rule::return_added::RULE, at, ("", &words));
            }
            (Some(old), None) => {
                let words = describe(self.old, old);
                self.report(&rule::return_removed::RULE, at, (&words, ""));
            }
            _ => {}
        }
    }

    fn events(&mut self, is_wanted: impl Fn(&&Definition) -> bool) {
        let events = self.aligned(|kind| matches!(kind, Kind::Event(_)), is_wanted);
        for sides in &events {
            let at = self.root(Root::Event, Direction::Received, sides);
            match *sides {
                Sides::Old(_) => self.definition(&rule::event_removed::RULE, at, sides),
                Sides::New(_) => self.definition(&rule::event_added::RULE, at, sides),
                Sides::Both(old, new) => {
                    self.facts(
                        at,
                        (&old.name, old.condition.as_ref(), &old.features),
                        (&new.name, new.condition.as_ref(), &new.features),
                    );
                    if let (Kind::Event(of_old), Kind::Event(of_new)) = (&old.kind, &new.kind) {
                        self.whole(at, of_old.data, of_new.data);
                        let place = self.walk.places.root(Root::Data, &old.name);
                        self.walk.meet(of_old.data, of_new.data, At { place, ..at });
                    }
                }
            }
        }
        self.ambiguous(
            events.iter().copied(),
            |it| folded(&it.name),
            |comparison, sides| comparison.root(Root::Event, Direction::Unused, sides),
        );
    }

    /// Types that no command or event refers to, and names. If the types were selected by their names, `directions` has
    /// those in which the old and the new schema use them.
    fn types(
        &mut self,
        is_wanted: impl Fn(&&Definition) -> bool,
        directions: Option<&[Directions; 2]>,
    ) {
        let is_type = |kind: &Kind| !matches!(kind, Kind::Command(_) | Kind::Event(_));
        let types = self.aligned(is_type, is_wanted);
        let (old_names, new_names): (HashSet<&str>, HashSet<&str>) =
            self.renamed.iter().copied().unzip();
        for sides in &types {
            let at = self.root(Root::Type, Direction::Unused, sides);
            match *sides {
                Sides::Old(it) if !old_names.contains(it.name.as_str()) => {
                    self.definition(&rule::type_removed::RULE, at, sides);
                }
                Sides::New(it) if !new_names.contains(it.name.as_str()) => {
                    self.definition(&rule::type_added::RULE, at, sides);
                }
                Sides::Both(it, _) => {
                    let name = &it.name;
                    let ids = (self.old.schema.find(name), self.new.schema.find(name));
                    if let (Some(old), Some(new)) = ids {
                        self.recursion(at, old, new);
                        match directions {
                            Some(directions) => {
                                for direction in used(directions, old, new) {
                                    let at = At { direction, ..at };
                                    self.walk.meet(Some(old), Some(new), at);
                                }
                            }
                            None if self.walk.has_met(old, new) => {}
                            None => self.walk.meet(Some(old), Some(new), at),
                        }
                    }
                }
                _ => {}
            }
        }
        self.ambiguous(
            types.iter().copied(),
            |it| folded(&it.name),
            |comparison, sides| comparison.root(Root::Type, Direction::Unused, sides),
        );
    }

    fn root(&mut self, root: Root, direction: Direction, sides: &Sides<&'a Definition>) -> At {
        let (Sides::Old(any) | Sides::New(any) | Sides::Both(any, _)) = *sides;
        let number = self.order.len();
        self.order.entry((root, &any.name)).or_insert(number);
        let span = |it: &Definition| it.span;
        let is_unstable = |it: &Definition| is_unstable(&it.name, &it.features);
        let (old, new) = match *sides {
            Sides::Old(old) => (Some(old), None),
            Sides::New(new) => (None, Some(new)),
            Sides::Both(old, new) => (Some(old), Some(new)),
        };
        At {
            place: self.walk.places.root(root, &any.name),
            direction,
            spans: (old.and_then(span), new.and_then(span)),
            open: (false, false),
            reached: (true, true),
            unstable: (old.is_some_and(is_unstable), new.is_some_and(is_unstable)),
        }
    }

    /// The changes by command, event or type: commands first, then events, then types, each with its worst change first.
    fn in_order(self) -> Vec<Change> {
        let mut changes = self.changes;
        changes.sort_by_key(|it| {
            let number = self.order.get(&(kind(it.path.root), it.path.name.as_str()));
            let severities = Reverse((it.upgrade, it.rust, it.downgrade));
            (number.copied(), severities)
        });
        changes
    }

    /// Reports a definition that only one side has.
    fn definition(&mut self, rule: &'static Rule, at: At, sides: &Sides<&'a Definition>) {
        if let Sides::Old(it) | Sides::New(it) = sides {
            self.report_open(rule, at, ("", ""), it.condition.is_some());
        }
    }

    pub(super) fn report(&mut self, rule: &'static Rule, at: At, words: (&str, &str)) {
        self.report_open(rule, at, words, false);
    }

    /// Reports a change; `is_open` when the thing that has changed may not exist at all, because it depends on a
    /// condition.
    pub(super) fn report_open(
        &mut self,
        rule: &'static Rule,
        at: At,
        (old, new): (&str, &str),
        is_open: bool,
    ) {
        let sources = self.old.known.source && self.new.known.source;
        let mut rust = match sources {
            true => rule.rust,
            false => Severity::Fine,
        };
        let key = (rule.id, self.types, at.spans, format!("{old} {new}"));
        if sources && !self.in_rust.insert(key) {
            if rule.is_only_in_rust() {
                return;
            }
            rust = Severity::Fine;
        }
        let path = self.walk.places.path(at.place);
        let message = rule.wording.replace("{it}", path.words());
        let message = message.replace("{old}", old).replace("{new}", new);
        let wire = |rule: &Rule| match at.direction {
            Direction::Sent => rule.sent,
            Direction::Received => rule.received,
            Direction::Unused => Severity::Fine,
        };
        // A client relies on what was stable in the schema that it was built for.
        let soften = |severity: Severity, is_unstable| match is_unstable || is_open {
            true => severity.min(Severity::MayBreak),
            false => severity,
        };
        let upgrade = match at.reached.0 {
            true => wire(rule),
            false => Severity::Fine,
        };
        let downgrade = match (at.reached.1, Rule::find(rule.inverse)) {
            (true, Some(inverse)) => wire(inverse),
            _ => Severity::Fine,
        };
        self.changes.push(Change {
            rule,
            path,
            message,
            old: self.old.place(at.spans.0),
            new: self.new.place(at.spans.1),
            upgrade: soften(upgrade, at.unstable.0),
            downgrade: soften(downgrade, at.unstable.1),
            rust,
        });
    }
}

/// The directions in which one of the schemas uses a type. A program may send and receive a type that neither uses.
fn used([of_old, of_new]: &[Directions; 2], old: Id, new: Id) -> Vec<Direction> {
    let is_sent = of_old.sent.contains(&old) || of_new.sent.contains(&new);
    let is_received = of_old.received.contains(&old) || of_new.received.contains(&new);
    match (is_sent, is_received) {
        (true, false) => vec![Direction::Sent],
        (false, true) => vec![Direction::Received],
        _ => vec![Direction::Sent, Direction::Received],
    }
}

/// The kind of a path's start, which has the name of a command, an event or a type.
fn kind(root: Root) -> Root {
    match root {
        Root::Command | Root::Arguments | Root::Returns => Root::Command,
        Root::Event | Root::Data => Root::Event,
        Root::Type => Root::Type,
    }
}
