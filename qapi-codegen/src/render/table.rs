//! The layout of tables, which are calls of macros.

use proc_macro2::{TokenStream, TokenTree};

/// The call of a macro: a line for each entry.
pub(super) fn write(tokens: &TokenStream, margin: &str, text: &mut String) {
    text.push_str(margin);
    rows(tokens.clone(), margin, text);
    text.push('\n');
}

fn rows(tokens: TokenStream, indent: &str, text: &mut String) {
    let mut space = "";
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.stream().is_empty() => *text += " {}",
            TokenTree::Group(group) => {
                let inner = format!("{indent}    ");
                *text += &format!("{space}{{\n{inner}");
                rows(group.stream(), &inner, text);
                text.truncate(text.trim_end().len());
                *text += &format!("\n{indent}}}");
                space = " ";
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                *text += &format!(",\n{indent}");
                space = "";
            }
            TokenTree::Punct(punct) if ":!".contains(punct.as_char()) => {
                text.push(punct.as_char());
                space = if punct.as_char() == '!' { " " } else { "" };
            }
            token => {
                *text += &format!("{space}{token}");
                space = " ";
            }
        }
    }
}
