//! Calls of macros of the runtime with a table.

use std::ops::Range;

use super::scan::{Delimiter, Kind, Token};

/// Appends a part of a table: a line for each entry.
pub(super) fn rows(
    code: &str,
    tokens: &[Token],
    part: Range<usize>,
    indent: &str,
    out: &mut String,
) {
    let mut at = part.start;
    let mut is_start = true;
    while at < part.end {
        let token = &tokens[at];
        at += 1;
        match token.kind {
            Kind::Comma => {
                out.extend([",\n", indent]);
                is_start = true;
                continue;
            }
            Kind::Open(Delimiter::Brace) => {
                let close = token.close;
                out.push_str(if is_start { "{" } else { " {" });
                if at < close {
                    let inner = format!("{indent}    ");
                    out.extend(["\n", &inner]);
                    rows(code, tokens, at..close, &inner, out);
                    out.truncate(out.trim_end().len());
                    out.extend(["\n", indent]);
                }
                out.push('}');
                at = close + 1;
            }
            _ => {
                if token.spaced && !is_start {
                    out.push(' ');
                }
                out.push_str(&code[token.start..token.stop]);
            }
        }
        is_start = false;
    }
}
