//! Indentation.

use crate::syntax::is_space;

/// How many characters of white space a line starts with.
pub(super) fn indent(line: &str) -> usize {
    let blanks = line.bytes().take_while(|&byte| byte == b' ').count();
    let others = line[blanks..].chars().take_while(|&c| is_space(c));
    blanks + others.count()
}
