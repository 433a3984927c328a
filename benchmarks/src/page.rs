//! The page with the latest measurements: this program replaces its blocks in the text.

use std::fmt::Display;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::workspace;

/// Writes the results of a section to its block of the page, which is between two comments.
pub(crate) fn renew(section: &str, content: impl Display) -> Result<()> {
    let path = path();
    let text = fs::read_to_string(&path).with_context(|| format!("can't read {path:?}"))?;
    let renewed = with_block(&text, section, &content.to_string())
        .with_context(|| format!("{path:?} has no block for {section}"))?;
    fs::write(&path, renewed).with_context(|| format!("can't write {path:?}"))
}

fn path() -> PathBuf {
    workspace::root().join("../docs/performance.md")
}

fn with_block(text: &str, section: &str, content: &str) -> Option<String> {
    let start = format!("<!-- cargo measure {section} -->\n");
    let end = "<!-- end -->\n";
    let (before, rest) = text.split_once(&start)?;
    let (_, after) = rest.split_once(end)?;
    Some(format!("{before}{start}\n{content}\n{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::with_block;

    #[test]
    fn only_the_block_of_the_section_changes() {
        let page = "a\n<!-- cargo measure x -->\nold\n<!-- end -->\nb\n<!-- cargo measure y -->\n<!-- end -->\n";
        let renewed = with_block(page, "x", "new\n").expect("a block");
        let expected = "a\n<!-- cargo measure x -->\n\nnew\n\n<!-- end -->\nb\n<!-- cargo measure y -->\n<!-- end -->\n";
        assert_eq!(renewed, expected);
        assert_eq!(
            with_block(&renewed, "x", "new\n").as_deref(),
            Some(expected)
        );
        assert_eq!(with_block(page, "z", "new\n"), None);
    }
}
