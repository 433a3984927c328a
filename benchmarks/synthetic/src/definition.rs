//! One definition with its documentation, as text.

use std::fmt::Write as _;

use crate::prose;

/// A named part of a definition: a member, a value or a branch.
pub(crate) struct Entry {
    /// The name, with the asterisk of an optional member.
    pub(crate) name: String,
    /// The text after the colon, if any.
    pub(crate) value: Option<String>,
    /// Its condition.
    pub(crate) condition: Option<String>,
}

impl Entry {
    /// A member.
    pub(crate) fn member(name: impl Into<String>, kind: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: Some(kind.into()),
            condition: None,
        }
    }

    /// A value of an enum.
    pub(crate) fn value(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: None,
            condition: None,
        }
    }

    /// The same with a condition.
    pub(crate) fn when(self, condition: Option<String>) -> Self {
        Self { condition, ..self }
    }

    fn plain_name(&self) -> &str {
        self.name.trim_start_matches('*')
    }

    fn text(&self) -> String {
        let Self {
            name,
            value,
            condition,
        } = self;
        match (value, condition) {
            (None, None) => format!("'{name}'"),
            (None, Some(it)) => format!("{{ 'name': '{name}', 'if': {it} }}"),
            (Some(value), None) => format!("'{name}': {value}"),
            (Some(value), Some(it)) => format!("'{name}': {{ 'type': {value}, 'if': {it} }}"),
        }
    }
}

/// A definition.
pub(crate) struct Definition {
    /// Its keyword, such as `struct`.
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    /// Its keys other than its data, such as `'boxed': true`.
    pub(crate) keys: Vec<String>,
    /// The entries of its data. A command or an event may have none.
    pub(crate) data: Vec<Entry>,
    /// Whether the entries are documented here, as all but branches are.
    pub(crate) documented: bool,
    pub(crate) feature: Option<&'static str>,
    /// The seed of the text.
    pub(crate) seed: usize,
}

impl Definition {
    /// Without keys and features.
    pub(crate) fn new(kind: &'static str, name: String, seed: usize, data: Vec<Entry>) -> Self {
        Self {
            kind,
            name,
            keys: Vec::new(),
            data,
            documented: true,
            feature: None,
            seed,
        }
    }

    /// The documentation and the definition.
    pub(crate) fn text(&self) -> String {
        format!("\n{}{}", self.documentation(), self.expression())
    }

    fn documentation(&self) -> String {
        let Self { name, seed, .. } = self;
        let mut out = format!("##\n# @{name}:\n#\n");
        out += &prose::comment(&prose::paragraph(*seed, 1 + seed % 3), 0);
        if seed.is_multiple_of(9) {
            out += "#\n";
            for item in 0..3 {
                let item = prose::sentence(seed * 13 + item);
                out += &prose::comment(&format!("- {item}"), 2);
            }
        }
        if seed.is_multiple_of(7) {
            out += "#\n";
            let note = prose::paragraph(seed * 3, 1);
            out += &prose::comment(&format!(".. note:: {note}"), 4);
        }
        let documented = if self.documented { &self.data[..] } else { &[] };
        for (index, entry) in documented.iter().enumerate() {
            let about = prose::sentence(seed * 17 + index);
            let name = entry.plain_name();
            let see = match index {
                3 => format!(", like @{}", self.data[0].plain_name()),
                _ => String::new(),
            };
            out += "#\n";
            out += &prose::comment(&format!("@{name}: {about}{see}"), 4);
        }
        if let Some(feature) = self.feature {
            let about = prose::sentence(seed * 19);
            out += "#\n# Features:\n#\n";
            out += &prose::comment(&format!("@{feature}: {about}"), 4);
        }
        let _ = write!(out, "#\n# Since: {}.{}\n", 1 + seed % 9, seed % 3);
        if self.kind == "command" && seed.is_multiple_of(2) {
            let _ = write!(
                out,
                "#\n# .. qmp-example::\n#\n#     -> {{ \"execute\": \"{name}\" }}\n#     <- {{ \"return\": {{}} }}\n"
            );
        }
        out + "##\n"
    }

    fn expression(&self) -> String {
        let mut out = format!("{{ '{}': '{}'", self.kind, self.name);
        for key in &self.keys {
            let _ = write!(out, ",\n  {key}");
        }
        if !self.data.is_empty() {
            let entries: Vec<String> = self.data.iter().map(Entry::text).collect();
            let entries = entries.join(",\n            ");
            let _ = match self.kind {
                "enum" => write!(out, ",\n  'data': [ {entries} ]"),
                _ => write!(out, ",\n  'data': {{ {entries} }}"),
            };
        }
        if let Some(feature) = self.feature {
            let _ = write!(out, ",\n  'features': [ '{feature}' ]");
        }
        out + " }\n"
    }
}
