//! A page that lists the contents of a schema by file.

use super::paths::Scope;
use crate::model::Contents;
use crate::names::Ident;

pub(super) fn item(contents: &[Contents], scope: Scope<'_>) -> String {
    let mut lines = vec!["The contents of the schema, by source file.".to_owned()];
    for part in contents {
        lines.extend([String::new(), format!("# {}", part.file)]);
        lines.extend(list("Commands", "commands::", &part.commands));
        lines.extend(list("Events", "events::", &part.events));
        lines.extend(list("Types", "", &part.types));
    }
    let docs = scope.docs(&lines);
    format!("{docs} pub mod contents {{}}")
}

/// A paragraph with one link per line.
fn list(title: &str, module: &str, items: &[(String, Ident)]) -> Vec<String> {
    if items.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), format!("{title}:")];
    let links = items.iter().map(|(name, ident)| {
        let path = format!("{module}{ident}");
        match path == *name {
            true => format!("[`{name}`]"),
            false => format!("[`{name}`]({path})"),
        }
    });
    let mut links: Vec<String> = links.map(|link| link + ",").collect();
    if let Some(last) = links.last_mut() {
        last.pop();
    }
    lines.extend(links);
    lines
}
