//! The differences between two paired types.

use foldhash::HashMap;
use qapi_parser::{Branch, Branches, Condition, EnumValue, Feature, Kind, Member, Span};

use crate::align::Sides;
use crate::diff::change::describe;
use crate::diff::compare::Comparison;
use crate::diff::names::{folded, folded_field};
use crate::place::{Direction, Step};
use crate::rule::{self, Rule};
use crate::shape::{Scalar, Shape, json};
use crate::walk::{At, Found, Objects, Pair, Unions, is_unstable};

/// The properties of an item other than its type: its name, its condition and its features.
type Facts<'a> = (&'a str, Option<&'a Condition>, &'a [Feature]);

/// The rules for an item that gets a condition or loses it.
const CONDITIONAL: (&Rule, &Rule) = (
    &rule::now_conditional::RULE,
    &rule::no_longer_conditional::RULE,
);

impl<'a> Comparison<'a> {
    pub(super) fn pair(&mut self, pair: &Pair<'a>, found: Found<'a>) {
        let at = pair.at;
        self.names(pair, at);
        // An item that one side lacks is missing from its type.
        let within = At {
            spans: (
                self.old.schema.get(pair.old).span.or(at.spans.0),
                self.new.schema.get(pair.new).span.or(at.spans.1),
            ),
            ..at
        };
        let (old, new) = (self.old.schema.get(pair.old), self.new.schema.get(pair.new));
        if !pair.is_repeated {
            self.features(within, ("", None, &old.features), ("", None, &new.features));
        }
        match found {
            Found::Enums(values) => self.values(within, &values),
            Found::Lists => {}
            Found::Objects(objects) => self.objects(pair, within, &objects),
            Found::Alternates(alternatives) => self.alternatives(within, &alternatives),
            Found::Shapes(old, new) => self.shapes(pair, at, old, new),
        }
    }

    fn values(&mut self, at: At, values: &[Sides<&'a EnumValue>]) {
        for sides in values {
            let (name, at, is_open) = self.part(at, sides, Step::Value, |it| {
                (
                    it.name.value.as_str(),
                    it.name.span,
                    (it.condition.as_ref(), &it.features[..]),
                )
            });
            match *sides {
                Sides::Old(_) => {
                    self.report_open(&rule::value_removed::RULE, at, ("", ""), is_open);
                }
                Sides::New(_) => self.report_open(&rule::value_added::RULE, at, ("", ""), is_open),
                Sides::Both(old, new) => self.facts(
                    at,
                    (name, old.condition.as_ref(), &old.features),
                    (name, new.condition.as_ref(), &new.features),
                ),
            }
        }
        self.ambiguous(
            values.iter().copied(),
            |it| folded(&it.name.value),
            |comparison, sides| {
                let part = comparison.part(at, sides, Step::Value, |it| {
                    (it.name.value.as_str(), it.name.span, (None, &[]))
                });
                part.1
            },
        );
    }

    fn objects(&mut self, pair: &Pair<'a>, at: At, objects: &Objects<'a>) {
        let members = &objects.members;
        for sides in members {
            let (name, at, is_open) = self.part(at, sides, Step::Member, |it| {
                (
                    it.name.value.as_str(),
                    it.name.span,
                    (it.condition.as_ref(), &it.features[..]),
                )
            });
            match *sides {
                Sides::Old(it) => {
                    let rule = match it.optional {
                        true => &rule::member_removed::RULE,
                        false => &rule::required_member_removed::RULE,
                    };
                    self.report_open(rule, at, ("", ""), is_open || at.open.1);
                }
                Sides::New(it) => {
                    let rule = match it.optional {
                        true => &rule::member_added::RULE,
                        false => &rule::required_member_added::RULE,
                    };
                    self.report_open(rule, at, ("", ""), is_open || at.open.0);
                }
                Sides::Both(old, new) => {
                    match (old.optional, new.optional) {
                        (false, true) => {
                            self.report(&rule::member_now_optional::RULE, at, ("", ""));
                        }
                        (true, false) => {
                            let rule = &rule::member_now_required::RULE;
                            self.report_open(rule, at, ("", ""), is_open);
                        }
                        _ => {}
                    }
                    let rules = match old.optional || new.optional {
                        true => CONDITIONAL,
                        false => (
                            &rule::member_now_conditional::RULE,
                            &rule::member_no_longer_conditional::RULE,
                        ),
                    };
                    let conditions = (old.condition.as_ref(), new.condition.as_ref());
                    self.conditions(at, conditions.0, conditions.1, rules);
                    if !old.optional && !new.optional && at.direction == Direction::Received {
                        self.hideable(at, &old.features, &new.features);
                    }
                    self.features(
                        at,
                        (name, old.condition.as_ref(), &old.features),
                        (name, new.condition.as_ref(), &new.features),
                    );
                }
            }
        }
        self.ambiguous(
            members.iter().copied(),
            |it: &Member| folded_field(&it.name.value),
            |comparison, sides| {
                let part = comparison.part(at, sides, Step::Member, |it| {
                    (it.name.value.as_str(), it.name.span, (None, &[]))
                });
                part.1
            },
        );
        for sides in &objects.moved {
            let (_, at, _) = self.part(at, sides, Step::Member, |it| {
                (it.name.value.as_str(), it.name.span, (None, &it.features))
            });
            let rule = match sides {
                Sides::Old(_) => &rule::member_moved_to_branches::RULE,
                _ => &rule::member_moved_to_base::RULE,
            };
            self.program_only(rule, at);
        }
        self.arguments_of_new(pair, at);
        let is_same = members.iter().all(|it| matches!(it, Sides::Both(..)));
        if !(is_same && matches!(objects.union, Unions::Neither)) {
            self.conversions(pair, at);
        }
        match &objects.union {
            Unions::Neither => {}
            Unions::Old => self.program_only(&rule::no_longer_union::RULE, at),
            Unions::New => self.program_only(&rule::now_union::RULE, at),
            Unions::Both(branches) => self.branches(pair, at, branches),
            Unions::Differ => self.report(&rule::discriminator_changed::RULE, at, ("", "")),
        }
    }

    fn branches(&mut self, pair: &Pair<'a>, at: At, branches: &[Sides<&'a Branch>]) {
        let (old, new) = (&self.old.schema, &self.new.schema);
        let union = |kind: &'a Kind| match kind {
            Kind::Object(it) => it.branches.as_ref(),
            _ => None,
        };
        let of_old = self::values(old, union(&old.get(pair.old).kind));
        let of_new = self::values(new, union(&new.get(pair.new).kind));
        for sides in branches {
            let (name, at, is_open) = self.part(at, sides, Step::Branch, |it| {
                (
                    it.name.value.as_str(),
                    it.name.span,
                    (it.condition.as_ref(), &[][..]),
                )
            });
            // A branch exists when the discriminator's value does.
            let facts = |values: &HashMap<&'a str, &'a EnumValue>, branch: &'a Branch| {
                let value = values.get(name).copied();
                let condition = value.and_then(|it| it.condition.as_ref());
                let features = value.map_or(&[][..], |it| &it.features);
                (name, condition.or(branch.condition.as_ref()), features)
            };
            match *sides {
                Sides::Old(it) => {
                    let (name, condition, features) = facts(&of_old, it);
                    let is_open = is_open || condition.is_some() || is_unstable(name, features);
                    self.report_open(&rule::branch_removed::RULE, at, ("", ""), is_open);
                }
                Sides::New(it) => {
                    let (name, condition, features) = facts(&of_new, it);
                    let is_open = is_open || condition.is_some() || is_unstable(name, features);
                    self.report_open(&rule::branch_added::RULE, at, ("", ""), is_open);
                }
                Sides::Both(old, new) => {
                    self.facts(at, facts(&of_old, old), facts(&of_new, new));
                    self.payload(at, old.ty, new.ty);
                }
            }
        }
    }

    fn alternatives(&mut self, at: At, alternatives: &[Sides<&'a Branch>]) {
        for sides in alternatives {
            let (schema, it) = match *sides {
                Sides::Old(it) | Sides::Both(it, _) => (&self.old.schema, it),
                Sides::New(it) => (&self.new.schema, it),
            };
            let Some(json) = json(schema, it.ty) else {
                continue;
            };
            let step = |_: &'a str| Step::Alternative(json);
            let (name, at, is_open) = self.part(at, sides, step, |it| {
                (
                    it.name.value.as_str(),
                    it.name.span,
                    (it.condition.as_ref(), &[][..]),
                )
            });
            match *sides {
                Sides::Old(_) => {
                    self.report_open(&rule::alternative_removed::RULE, at, ("", ""), is_open);
                }
                Sides::New(_) => {
                    self.report_open(&rule::alternative_added::RULE, at, ("", ""), is_open);
                }
                Sides::Both(old, new) => self.facts(
                    at,
                    (name, old.condition.as_ref(), &[]),
                    (name, new.condition.as_ref(), &[]),
                ),
            }
        }
    }

    fn shapes(&mut self, pair: &Pair<'a>, at: At, old: Shape<'a>, new: Shape<'a>) {
        let is_extern = |kind: &Kind| matches!(kind, Kind::Extern);
        if is_extern(&self.old.schema.get(pair.old).kind)
            || is_extern(&self.new.schema.get(pair.new).kind)
        {
            return;
        }
        let Some(rule) = self.shape_rule(pair, old, new) else {
            return;
        };
        let words = (describe(self.old, pair.old), describe(self.new, pair.new));
        self.report(rule, at, (&words.0, &words.1));
    }

    fn shape_rule(&self, pair: &Pair<'a>, old: Shape<'a>, new: Shape<'a>) -> Option<&'static Rule> {
        let (of_old, of_new) = (&self.old.schema, &self.new.schema);
        Some(match (old, new) {
            (Shape::Any, Shape::Any) => return None,
            (Shape::Any, _) => &rule::no_longer_any::RULE,
            (_, Shape::Any) => &rule::now_any::RULE,
            (Shape::Scalar(old), Shape::Scalar(new)) if old == new => return None,
            (Shape::Scalar(Scalar::Integer(old)), Shape::Scalar(Scalar::Integer(new))) => {
                // A reply calls every integer `int`.
                if !self.old.known.source || !self.new.known.source {
                    return None;
                }
                match (old.contains(new), new.contains(old)) {
                    (true, _) => &rule::integer_narrowed::RULE,
                    (_, true) => &rule::integer_widened::RULE,
                    _ => &rule::integer_sign_changed::RULE,
                }
            }
            (Shape::Scalar(Scalar::Integer(_)), Shape::Scalar(Scalar::Number)) => {
                &rule::integer_now_number::RULE
            }
            (Shape::Scalar(Scalar::Number), Shape::Scalar(Scalar::Integer(_))) => {
                &rule::number_now_integer::RULE
            }
            (Shape::Scalar(Scalar::String), Shape::Enum(_)) => &rule::string_now_enum::RULE,
            (Shape::Enum(_), Shape::Scalar(Scalar::String)) => &rule::enum_now_string::RULE,
            (_, Shape::Alternate(it))
                if self
                    .walk
                    .alternative_for(of_new, &it.alternatives, of_old, pair.old)
                    .is_some() =>
            {
                &rule::now_alternate::RULE
            }
            (Shape::Alternate(it), _)
                if self
                    .walk
                    .alternative_for(of_old, &it.alternatives, of_new, pair.new)
                    .is_some() =>
            {
                &rule::no_longer_alternate::RULE
            }
            _ => &rule::type_changed::RULE,
        })
    }

    /// Reports changes of the condition and the features of an item that both sides have.
    pub(super) fn facts(&mut self, at: At, old: Facts<'a>, new: Facts<'a>) {
        self.conditions(at, old.1, new.1, CONDITIONAL);
        self.features(at, old, new);
    }

    fn conditions(
        &mut self,
        at: At,
        old: Option<&Condition>,
        new: Option<&Condition>,
        (now, no_longer): (&'static Rule, &'static Rule),
    ) {
        if !self.old.known.source || !self.new.known.source {
            return;
        }
        match (old, new) {
            (None, Some(_)) => self.report(now, at, ("", "")),
            (Some(_), None) => self.report(no_longer, at, ("", "")),
            (Some(old), Some(new)) if old != new => {
                self.report(&rule::condition_changed::RULE, at, ("", ""));
            }
            _ => {}
        }
    }

    fn features(&mut self, at: At, old: Facts<'a>, new: Facts<'a>) {
        if !self.old.known.features || !self.new.known.features {
            return;
        }
        match (is_unstable(old.0, old.2), is_unstable(new.0, new.2)) {
            (false, true) => self.report(&rule::unstable::RULE, at, ("", "")),
            (true, false) => self.report(&rule::no_longer_unstable::RULE, at, ("", "")),
            _ => {}
        }
        let has =
            |features: &[Feature], name: &str| features.iter().any(|it| it.name.value == name);
        for feature in new.2.iter().filter(|it| !has(old.2, &it.name.value)) {
            self.feature(
                at,
                feature,
                &rule::deprecated::RULE,
                &rule::feature_added::RULE,
            );
        }
        for feature in old.2.iter().filter(|it| !has(new.2, &it.name.value)) {
            let rules = (
                &rule::no_longer_deprecated::RULE,
                &rule::feature_removed::RULE,
            );
            self.feature(at, feature, rules.0, rules.1);
        }
        for feature in new.2 {
            let name = &feature.name.value;
            if let Some(before) = old.2.iter().find(|it| it.name.value == *name) {
                let place = self.walk.places.below(at.place, Step::Feature(name));
                let conditions = (before.condition.as_ref(), feature.condition.as_ref());
                self.conditions(At { place, ..at }, conditions.0, conditions.1, CONDITIONAL);
            }
        }
    }

    fn feature(
        &mut self,
        at: At,
        feature: &'a Feature,
        deprecated: &'static Rule,
        other: &'static Rule,
    ) {
        match feature.name.value.as_str() {
            "unstable" => {}
            "deprecated" => self.report(deprecated, at, ("", "")),
            name => {
                let place = self.walk.places.below(at.place, Step::Feature(name));
                let is_open = feature.condition.is_some();
                self.report_open(other, At { place, ..at }, ("", ""), is_open);
            }
        }
    }

    /// The name of a part, the place of a change of it, and whether the part may not exist or not stay.
    fn part<T: 'a>(
        &mut self,
        at: At,
        sides: &Sides<&'a T>,
        step: impl Fn(&'a str) -> Step<'a>,
        facts: impl Fn(&'a T) -> (&'a str, Span, (Option<&'a Condition>, &'a [Feature])),
    ) -> (&'a str, At, bool) {
        let (Sides::Old(any) | Sides::New(any) | Sides::Both(any, _)) = *sides;
        let name = facts(any).0;
        let is_unstable = |it| is_unstable(name, facts(it).2.1);
        let (old, new, unstable, is_open) = match *sides {
            Sides::Old(old) => {
                let is_open = facts(old).2.0.is_some();
                let unstable = (is_unstable(old), false);
                (Some(facts(old).1), at.spans.1, unstable, is_open)
            }
            Sides::New(new) => {
                let is_open = facts(new).2.0.is_some();
                let unstable = (false, is_unstable(new));
                (at.spans.0, Some(facts(new).1), unstable, is_open)
            }
            Sides::Both(old, new) => {
                let unstable = (is_unstable(old), is_unstable(new));
                let is_open = facts(old).2.0.is_some() || facts(new).2.0.is_some();
                (Some(facts(old).1), Some(facts(new).1), unstable, is_open)
            }
        };
        let at = At {
            place: self.walk.places.below(at.place, step(name)),
            direction: at.direction,
            spans: (old, new),
            unstable: (at.unstable.0 || unstable.0, at.unstable.1 || unstable.1),
            open: at.open,
            reached: at.reached,
        };
        (name, at, is_open)
    }
}

/// The values of a union's discriminator by their names.
fn values<'a>(
    schema: &'a qapi_parser::Schema,
    union: Option<&'a Branches>,
) -> HashMap<&'a str, &'a EnumValue> {
    let tag = union.map(|union| &schema.get(union.tag).kind);
    let values = match tag {
        Some(Kind::Enum(it)) => &it.values[..],
        _ => &[],
    };
    let values = values.iter().map(|it| (it.name.value.as_str(), it));
    values.collect()
}
