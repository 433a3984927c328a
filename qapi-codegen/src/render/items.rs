//! The layout of items.
//!
//! prettyplease prints them. It puts no blank lines between items, and documentation is expensive to print. So a marker
//! attribute takes the place of both before printing, and is replaced by them afterwards.

use proc_macro2::{Span, TokenStream};
use syn::{
    AttrStyle, Attribute, Expr, ExprLit, Fields, File, ImplItem, Item, Lit, LitInt, Meta,
    MetaNameValue, Token, TraitItem, token,
};

use crate::error::Error;

/// The text of items.
pub(super) fn text(tokens: &TokenStream) -> Result<String, Error> {
    let mut file: File = syn::parse2(tokens.clone())?;
    let mut marks = Marks::default();
    marks.items(&mut file.items);
    Ok(marks.replaced(&prettyplease::unparse(&file)))
}

/// What the markers stand for, in the order of the text.
#[derive(Default)]
struct Marks(Vec<Mark>);

struct Mark {
    blank_line: bool,
    docs: Vec<String>,
}

impl Marks {
    /// A blank line separates items. Consecutive items of one line have none if they have no attributes.
    fn items(&mut self, items: &mut [Item]) {
        let mut is_first = true;
        let mut was_line = false;
        for item in items {
            let is_line = matches!(item, Item::Use(_));
            if let Some(attributes) = attributes(item) {
                let is_glued = is_line && was_line && attributes.is_empty();
                self.mark(attributes, !is_first && !is_glued);
            }
            (is_first, was_line) = (false, is_line);
            match item {
                Item::Struct(it) => self.fields(&mut it.fields),
                Item::Enum(it) => {
                    for variant in &mut it.variants {
                        self.mark(&mut variant.attrs, false);
                        self.fields(&mut variant.fields);
                    }
                }
                Item::Impl(it) => self.members(it.items.iter_mut().filter_map(|it| match it {
                    ImplItem::Const(it) => Some((&mut it.attrs, true)),
                    ImplItem::Type(it) => Some((&mut it.attrs, true)),
                    ImplItem::Fn(it) => Some((&mut it.attrs, false)),
                    _ => None,
                })),
                Item::Trait(it) => self.members(it.items.iter_mut().filter_map(|it| match it {
                    TraitItem::Const(it) => Some((&mut it.attrs, true)),
                    TraitItem::Type(it) => Some((&mut it.attrs, true)),
                    TraitItem::Fn(it) => Some((&mut it.attrs, false)),
                    _ => None,
                })),
                Item::Mod(it) => {
                    if let Some((_, items)) = &mut it.content {
                        self.items(items);
                    }
                }
                _ => {}
            }
        }
    }

    /// The same for the members of an impl or a trait, each with whether it takes one line.
    fn members<'a>(&mut self, members: impl Iterator<Item = (&'a mut Vec<Attribute>, bool)>) {
        let mut is_first = true;
        let mut was_line = false;
        for (attributes, is_line) in members {
            let is_glued = is_line && was_line && attributes.is_empty();
            self.mark(attributes, !is_first && !is_glued);
            (is_first, was_line) = (false, is_line);
        }
    }

    fn fields(&mut self, fields: &mut Fields) {
        for field in fields {
            self.mark(&mut field.attrs, false);
        }
    }

    /// Puts a marker in place of documentation and a blank line.
    fn mark(&mut self, attributes: &mut Vec<Attribute>, blank_line: bool) {
        let docs: Vec<String> = attributes.iter().map_while(documentation).collect();
        if docs.is_empty() && !blank_line {
            return;
        }
        let number = self.0.len();
        attributes.splice(..docs.len(), [mark(number)]);
        self.0.push(Mark { blank_line, docs });
    }

    /// Replaces the markers.
    fn replaced(&self, text: &str) -> String {
        let mut marks = self.0.iter().enumerate();
        let mut next = marks.next();
        let mut out = String::with_capacity(text.len());
        for line in text.lines() {
            let code = line.trim_start();
            match next {
                Some((number, mark)) if is_mark(code, number) => {
                    if mark.blank_line {
                        out.push('\n');
                    }
                    let indent = &line[..line.len() - code.len()];
                    for line in mark.docs.iter().flat_map(|docs| docs.split('\n')) {
                        out.extend([indent, "///", line, "\n"]);
                    }
                    next = marks.next();
                }
                _ => out.extend([line, "\n"]),
            }
        }
        out
    }
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

/// The text of a documentation attribute.
fn documentation(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(MetaNameValue {
            path,
            value:
                Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                }),
            ..
        }) if path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// An attribute that is no valid Rust, so that no other attribute can look like it.
fn mark(number: usize) -> Attribute {
    let span = Span::call_site();
    Attribute {
        pound_token: Token![#](span),
        style: AttrStyle::Outer,
        bracket_token: token::Bracket(span),
        meta: Meta::NameValue(MetaNameValue {
            path: syn::Ident::new("doc", span).into(),
            eq_token: Token![=](span),
            value: Expr::Lit(ExprLit {
                attrs: Vec::new(),
                lit: Lit::Int(LitInt::new(&number.to_string(), span)),
            }),
        }),
    }
}

fn is_mark(code: &str, number: usize) -> bool {
    let inner = code
        .strip_prefix("#[doc = ")
        .and_then(|code| code.strip_suffix(']'));
    inner.is_some_and(|inner| inner.parse() == Ok(number))
}
