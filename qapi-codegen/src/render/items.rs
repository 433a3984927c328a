//! The layout of items.
//!
//! prettyplease prints them, without blank lines between them and with numbers in place of documentation. So a marker
//! takes the place of each blank line before printing, and both are replaced afterwards.

use proc_macro2::Span;
use syn::{AttrStyle, Attribute, File, Ident, ImplItem, Item, Meta, Token, TraitItem, token};

use crate::error::Error;
use crate::model::Docs;

/// The text of items.
pub(super) fn text(code: &str, comments: &[Docs]) -> Result<String, Error> {
    let mut file: File = syn::parse_str(code)?;
    separate(&mut file.items);
    Ok(replaced(&prettyplease::unparse(&file), comments))
}

/// Marks the blank lines between items and inside them.
fn separate(items: &mut [Item]) {
    mark(items.iter_mut().filter_map(|item| {
        let is_line = matches!(item, Item::Use(_));
        Some((attributes(item)?, is_line))
    }));
    for item in items {
        match item {
            Item::Impl(it) => mark(it.items.iter_mut().filter_map(|it| match it {
                ImplItem::Const(it) => Some((&mut it.attrs, true)),
                ImplItem::Type(it) => Some((&mut it.attrs, true)),
                ImplItem::Fn(it) => Some((&mut it.attrs, false)),
                _ => None,
            })),
            Item::Trait(it) => mark(it.items.iter_mut().filter_map(|it| match it {
                TraitItem::Const(it) => Some((&mut it.attrs, true)),
                TraitItem::Type(it) => Some((&mut it.attrs, true)),
                TraitItem::Fn(it) => Some((&mut it.attrs, false)),
                _ => None,
            })),
            Item::Mod(it) => {
                if let Some((_, items)) = &mut it.content {
                    separate(items);
                }
            }
            _ => {}
        }
    }
}

/// Marks the blank lines between siblings, given their attributes and whether they fit on one line. Those
/// that do and have no attributes need no blank line.
fn mark<'a>(siblings: impl Iterator<Item = (&'a mut Vec<Attribute>, bool)>) {
    let mut is_first = true;
    let mut was_line = false;
    for (attributes, is_line) in siblings {
        let is_glued = is_line && was_line && attributes.is_empty();
        if !is_first && !is_glued {
            attributes.insert(0, blank_line());
        }
        (is_first, was_line) = (false, is_line);
    }
}

/// The marker of a blank line: `#[doc]`, which is otherwise not valid.
fn blank_line() -> Attribute {
    let span = Span::call_site();
    Attribute {
        pound_token: Token![#](span),
        style: AttrStyle::Outer,
        bracket_token: token::Bracket(span),
        meta: Meta::Path(Ident::new("doc", span).into()),
    }
}

/// Replaces markers and numbers.
fn replaced(text: &str, comments: &[Docs]) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        if code == "#[doc]" {
            out.push('\n');
        } else if let Some(docs) = comment(code, comments) {
            for line in docs {
                let gap = if line.is_empty() { "" } else { " " };
                out.extend([indent, "///", gap, line, "\n"]);
            }
        } else {
            out.extend([line, "\n"]);
        }
    }
    out
}

/// The documentation for a line such as `#[doc = 7]`.
fn comment<'a>(code: &str, comments: &'a [Docs]) -> Option<&'a Docs> {
    let number = code.strip_prefix("#[doc = ")?.strip_suffix(']')?;
    comments.get(number.parse::<usize>().ok()?)
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    Some(match item {
        Item::Const(it) => &mut it.attrs,
        Item::Enum(it) => &mut it.attrs,
        Item::Fn(it) => &mut it.attrs,
        Item::Impl(it) => &mut it.attrs,
        Item::Macro(it) => &mut it.attrs,
        Item::Mod(it) => &mut it.attrs,
        Item::Static(it) => &mut it.attrs,
        Item::Struct(it) => &mut it.attrs,
        Item::Trait(it) => &mut it.attrs,
        Item::Type(it) => &mut it.attrs,
        Item::Use(it) => &mut it.attrs,
        _ => return None,
    })
}
