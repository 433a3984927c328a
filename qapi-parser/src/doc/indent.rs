//! Indentation.

use crate::syntax::is_space;

/// The number of white-space characters at the start of a line.
pub(super) fn indent(line: &str) -> usize {
    let blanks = line.bytes().take_while(|&byte| byte == b' ').count();
    let others = line[blanks..].chars().take_while(|&c| is_space(c));
    blanks + others.count()
}
