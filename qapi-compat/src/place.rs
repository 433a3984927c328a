//! Places in a schema's wire form, each with its path.

use std::fmt;

use crate::shape::Json;

/// The direction in which values are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the client to QEMU: arguments.
    Sent,
    /// From QEMU to the client: return values and event data.
    Received,
    /// Neither: no command or event uses the type.
    Unused,
}

/// Where a path starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Root {
    /// A command as such.
    Command,
    /// The arguments of a command.
    Arguments,
    /// The return value of a command.
    Returns,
    /// An event as such.
    Event,
    /// The data of an event.
    Data,
    /// A type.
    Type,
}

/// Identifies a place in [`Places`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlaceId(u32);

/// One step of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    Root(Root, &'a str),
    Member(&'a str),
    Branch(&'a str),
    Value(&'a str),
    Feature(&'a str),
    Element,
    Alternative(Json),
}

/// The visited places, each with its predecessor.
#[derive(Default)]
pub(crate) struct Places<'a> {
    steps: Vec<(Option<PlaceId>, Step<'a>)>,
}

impl<'a> Places<'a> {
    pub(crate) fn root(&mut self, root: Root, name: &'a str) -> PlaceId {
        self.add(None, Step::Root(root, name))
    }

    pub(crate) fn below(&mut self, place: PlaceId, step: Step<'a>) -> PlaceId {
        self.add(Some(place), step)
    }

    fn add(&mut self, before: Option<PlaceId>, step: Step<'a>) -> PlaceId {
        let id = PlaceId(self.steps.len() as u32);
        self.steps.push((before, step));
        id
    }

    /// Whether a place is the start of a path.
    pub(crate) fn is_root(&self, place: PlaceId) -> bool {
        self.steps[place.0 as usize].0.is_none()
    }

    /// The path to a place.
    pub(crate) fn path(&self, place: PlaceId) -> Path {
        let next = |place: &PlaceId| self.steps[place.0 as usize].0;
        let places = std::iter::successors(Some(place), next);
        let mut steps: Vec<Step<'a>> = places.map(|it| self.steps[it.0 as usize].1).collect();
        steps.reverse();
        let (root, name) = match steps.first() {
            Some(&Step::Root(root, name)) => (root, name),
            // Every place is below a root.
            _ => (Root::Type, ""),
        };
        Path {
            root,
            name: name.to_owned(),
            text: text(&steps),
            words: words(&steps),
        }
    }
}

/// A location in a schema: a command, event or type, and the path from there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// The start of the path.
    pub root: Root,
    /// The name of the command, event or type at the start of the path.
    pub name: String,
    text: String,
    words: String,
}

impl Path {
    /// The path from the command, event or type in words.
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// The path in one line: `blockdev-add/arg-type/+file/aio/^io_uring`, where `+` leads to a branch, `^` to a value, `[]`
/// to the elements of a list, `|` to an alternative and `!` to a feature.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The number of steps shown of a path. Longer paths are shortened in the middle.
const MAX_STEPS: usize = 24;

fn text(steps: &[Step<'_>]) -> String {
    let mut text = String::new();
    for (index, step) in shortened(steps).enumerate() {
        let Some(step) = step else {
            text += "/…";
            continue;
        };
        if index > 0 && !matches!(step, Step::Element) {
            text.push('/');
        }
        match step {
            Step::Root(root, name) => {
                text += name;
                text += match root {
                    Root::Command | Root::Event | Root::Type => "",
                    Root::Arguments => "/arg-type",
                    Root::Returns => "/ret-type",
                    Root::Data => "/data",
                };
            }
            Step::Member(name) => text += name,
            Step::Branch(name) => text = text + "+" + name,
            Step::Value(name) => text = text + "^" + name,
            Step::Feature(name) => text = text + "!" + name,
            Step::Element => text += "[]",
            Step::Alternative(json) => text = text + "|" + json.name(),
        }
    }
    text
}

/// The innermost step first, as in English: "value `x` of argument `a.b` of branch `c`".
fn words(steps: &[Step<'_>]) -> String {
    let Some((Step::Root(root, _), steps)) = steps.split_first() else {
        return String::new();
    };
    // Runs of members are one dotted name.
    let mut parts: Vec<String> = Vec::new();
    let mut dotted = String::new();
    let member = match root {
        Root::Arguments => "argument",
        _ => "member",
    };
    for step in shortened(steps) {
        match step {
            Some(Step::Member(name)) => {
                if !dotted.is_empty() {
                    dotted.push('.');
                }
                dotted += name;
            }
            Some(Step::Element) => dotted += "[]",
            None => dotted += ".…",
            Some(other) => {
                parts.extend(dotted_words(member, std::mem::take(&mut dotted)));
                parts.push(match other {
                    Step::Branch(name) => format!("branch `{name}`"),
                    Step::Value(name) => format!("value `{name}`"),
                    Step::Feature(name) => format!("feature `{name}`"),
                    Step::Alternative(json) => format!("the alternative that is {}", json.phrase()),
                    Step::Root(..) | Step::Member(_) | Step::Element => continue,
                });
            }
        }
    }
    parts.extend(dotted_words(member, dotted));
    parts.reverse();
    match (root, parts.is_empty()) {
        (Root::Command, true) => "the command".to_owned(),
        (Root::Arguments, true) => "the set of arguments".to_owned(),
        (Root::Returns, true) => "the return value".to_owned(),
        (Root::Event, true) => "the event".to_owned(),
        (Root::Data, true) => "the data".to_owned(),
        (Root::Type, true) => "the type".to_owned(),
        (Root::Returns, false) => parts.join(" of ") + " of the return value",
        _ => parts.join(" of "),
    }
}

/// The words for a run of members.
fn dotted_words(member: &str, dotted: String) -> Option<String> {
    match dotted.as_str() {
        "" => None,
        "[]" => Some("each element".to_owned()),
        dotted => Some(format!("{member} `{dotted}`")),
    }
}

/// The steps, with `None` for those that are left out of a long path.
fn shortened<'s, 'a>(steps: &'s [Step<'a>]) -> impl Iterator<Item = Option<Step<'a>>> + 's {
    let cut = steps.len().saturating_sub(MAX_STEPS);
    let (head, tail) = match cut {
        0 => (steps.len(), steps.len()),
        cut => (MAX_STEPS / 2, MAX_STEPS / 2 + cut),
    };
    let gap = (cut > 0).then_some(None);
    let head = steps[..head].iter().map(|step| Some(*step));
    head.chain(gap)
        .chain(steps[tail..].iter().map(|step| Some(*step)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_a_line_and_words() {
        let mut places = Places::default();
        let root = places.root(Root::Arguments, "blockdev-add");
        let branch = places.below(root, Step::Branch("file"));
        let member = places.below(branch, Step::Member("aio"));
        let value = places.below(member, Step::Value("io_uring"));
        let path = places.path(value);
        assert_eq!(
            path.to_string(),
            "blockdev-add/arg-type/+file/aio/^io_uring"
        );
        assert_eq!(
            path.words(),
            "value `io_uring` of argument `aio` of branch `file`"
        );
        let root = places.root(Root::Returns, "query-block");
        assert_eq!(places.path(root).words(), "the return value");
        let element = places.below(root, Step::Element);
        let member = places.below(element, Step::Member("inserted"));
        let path = places.path(member);
        assert_eq!(path.to_string(), "query-block/ret-type[]/inserted");
        assert_eq!(path.words(), "member `[].inserted` of the return value");
        let branch = places.below(element, Step::Branch("x86"));
        let words = places.path(branch).words().to_owned();
        assert_eq!(words, "branch `x86` of each element of the return value");
    }

    #[test]
    fn long_paths_are_shortened() {
        let mut places = Places::default();
        let mut place = places.root(Root::Arguments, "c");
        for _ in 0..100 {
            place = places.below(place, Step::Member("next"));
        }
        let path = places.path(place);
        assert!(path.to_string().contains("/next/…/next/"), "{path}");
        assert!(path.words().contains("next.….next"), "{}", path.words());
        assert!(path.to_string().len() < 200);
    }
}
