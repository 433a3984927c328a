//! Model to tokens: nothing is decided here.

mod aliases;
mod alternates;
mod attributes;
mod code;
mod commands;
mod comments;
mod contents;
mod enums;
mod envelope;
mod events;
mod kinds;
mod paths;
mod structs;
mod support;
#[cfg(test)]
mod tests;
mod unions;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::model::{File, Item};
use crate::names;
pub(crate) use code::{Code, Envelope, Impl, Section, Support};
use comments::Comments;
use paths::Paths;

/// Emits a whole file.
pub(crate) fn emit(file: &File) -> Code {
    let comments = Comments::default();
    let paths = Paths::top(file, &comments);
    let items = file.types.iter().map(|item| type_item(item, &paths));
    let items = items.filter(|item| !item.is_empty()).map(Section::Items);
    let mut items: Vec<Section> = items.collect();
    let impls = file.types.iter().flat_map(|item| type_impls(item, &paths));
    let mut impls: Vec<Impl> = impls.collect();
    if !file.commands.is_empty() {
        items.push(commands::item(file, &paths));
        impls.extend(commands::impls(file, &paths));
    }
    if !file.events.is_empty() {
        items.extend(events::items(file, &paths));
        impls.extend(events::impls(file, &paths));
    }
    let has_messages = !file.commands.is_empty() || !file.events.is_empty();
    if has_messages {
        items.push(Section::Items(envelope::item(file)));
    }
    if file.has_enums() {
        items.push(Section::Items(enums::parse_error(&paths)));
        impls.push(enums::parse_error_impls());
    }
    if file.has_unions() {
        items.push(Section::Items(unions::unknown_branch(&file.extras, &paths)));
        impls.push(unions::unknown_branch_impls(&paths));
    }
    if !file.contents.is_empty() {
        items.push(Section::Items(contents::item(&file.contents, &paths)));
    }
    Code {
        items,
        impls,
        comments: comments.into_docs(),
        envelope: has_messages.then(|| envelope::envelope(file)),
        support: support::parts(file),
    }
}

fn type_item(item: &Item, paths: &Paths<'_>) -> TokenStream {
    match item {
        Item::Enum(it) => enums::item(it, paths),
        Item::Struct(it) => {
            let union = it
                .branches
                .as_ref()
                .map(|branches| unions::item(it, branches, paths));
            let item = structs::item(it, paths);
            quote!(#item #union)
        }
        Item::Alternate(it) => alternates::item(it, paths),
        Item::Alias(it) => aliases::item(it, paths),
    }
}

fn type_impls(item: &Item, paths: &Paths<'_>) -> Vec<Impl> {
    match item {
        Item::Enum(it) => enums::impls(it, paths).into(),
        Item::Struct(it) => {
            let mut impls = Vec::from(structs::impls(it, None, paths));
            if let Some(branches) = &it.branches {
                impls.push(unions::impls(it, branches, paths));
            }
            impls
        }
        Item::Alternate(it) => alternates::impls(it, paths).into(),
        Item::Alias(_) => Vec::new(),
    }
}

impl ToTokens for names::Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = match self.as_str().strip_prefix("r#") {
            Some(raw) => Ident::new_raw(raw, Span::call_site()),
            None => Ident::new(self.as_str(), Span::call_site()),
        };
        ident.to_tokens(tokens);
    }
}
