//! The availability of items in several schemas.

use foldhash::HashMap;

/// The maximum number of schemas to merge.
pub(crate) const MAX_SCHEMAS: usize = 64;

/// Some of the schemas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Set(u64);

impl Set {
    pub(crate) fn of(schema: usize) -> Self {
        Self(1 << schema)
    }

    /// The first `count` schemas.
    fn first(count: usize) -> Self {
        (0..count).map(Self::of).fold(Self::default(), Self::with)
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    fn has(self, schema: usize) -> bool {
        self.0 & (1 << schema) != 0
    }
}

/// Which of the merged schemas have a definition, and its members, values, branches and alternatives.
#[derive(Clone, Debug)]
pub struct Availability {
    /// The names of the schemas.
    names: Vec<String>,
    definitions: HashMap<String, Facts>,
}

/// The availability of a definition.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// The schemas that have it, or at least an object without members at its place.
    pub(crate) present: Set,
    /// The schemas that define it.
    pub(crate) defined: Set,
    /// Its members, values or alternatives.
    pub(crate) parts: HashMap<String, Part>,
    /// For each branch, the schemas that have it.
    pub(crate) branches: HashMap<String, Set>,
}

/// The availability of a member, a value or an alternative.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Part {
    /// The schemas that have it.
    pub(crate) present: Set,
    /// The schemas in which it is a required member.
    pub(crate) required: Set,
}

/// The availability of a member of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is required in all schemas that have the object.
    Required,
    /// All of them have it: it is required in some and optional in others.
    SometimesRequired,
    /// Some of them lack it, and others require it.
    RequiredWhereKnown,
    /// It is required in none of them.
    Optional,
}

impl Availability {
    pub(crate) fn new(names: Vec<String>) -> Self {
        Self {
            names,
            definitions: HashMap::default(),
        }
    }

    pub(crate) fn facts(&mut self, definition: &str) -> &mut Facts {
        if !self.definitions.contains_key(definition) {
            self.definitions
                .insert(definition.to_owned(), Facts::default());
        }
        self.definitions.entry(definition.to_owned()).or_default()
    }

    /// Whether it has no definition with a name.
    pub(crate) fn lacks(&self, definition: &str) -> bool {
        !self.definitions.contains_key(definition)
    }

    pub(crate) fn name(&self, schema: usize) -> &str {
        &self.names[schema]
    }

    /// A sentence about the schemas that have a definition; `None` if all of them do.
    pub fn of_definition(&self, definition: &str) -> Option<String> {
        let facts = self.definitions.get(definition)?;
        self.sentence(facts.defined, Set::first(self.names.len()))
    }

    /// A sentence about the schemas that have a member, a value or an alternative; `None` if all schemas with the definition
    /// have it.
    pub fn of_part(&self, definition: &str, part: &str) -> Option<String> {
        let facts = self.definitions.get(definition)?;
        self.sentence(facts.parts.get(part)?.present, facts.present)
    }

    /// A sentence about the schemas that have a branch; `None` if all schemas with the union have it.
    pub fn of_branch(&self, union: &str, branch: &str) -> Option<String> {
        let facts = self.definitions.get(union)?;
        self.sentence(*facts.branches.get(branch)?, facts.present)
    }

    /// How a member of an object appears in the schemas.
    pub fn presence(&self, object: &str, member: &str) -> Option<Presence> {
        let facts = self.definitions.get(object)?;
        let part = facts.parts.get(member)?;
        Some(match part.required {
            Set(0) => Presence::Optional,
            required if required == facts.present => Presence::Required,
            _ if part.present == facts.present => Presence::SometimesRequired,
            _ => Presence::RequiredWhereKnown,
        })
    }

    fn sentence(&self, present: Set, of: Set) -> Option<String> {
        let absent = of.without(present);
        if absent == Set::default() {
            return None;
        }
        let names = |set: Set| {
            let schemas = (0..self.names.len()).filter(|schema| set.has(*schema));
            let names: Vec<&str> = schemas.map(|schema| self.name(schema)).collect();
            match &names[..] {
                [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
                names => names.concat(),
            }
        };
        Some(match (present.len(), absent.len()) {
            (1, _) => format!("Only in QEMU's {} schema.", names(present)),
            (few, many) if few < many => format!("Only in {}.", names(present)),
            _ => format!("Not in {}.", names(absent)),
        })
    }
}
