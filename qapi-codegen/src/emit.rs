//! Turns the model into unformatted Rust code. No decisions are made here.
//!
//! Code is text rather than tokens of `proc_macro2`, because build scripts are not optimized: tokens took a third of
//! the instructions. Templates are laid out as in the result as far as that helps to read them; `render` decides.

mod aliases;
mod alternates;
mod arguments;
mod attributes;
mod code;
mod commands;
mod comments;
mod contents;
mod conversions;
mod enums;
mod envelope;
mod events;
mod kinds;
mod paths;
mod structs;
mod support;
#[cfg(test)]
mod tests;
mod text;
mod unions;

use crate::model::{File, Item};
pub(crate) use code::{Code, Envelope, Impl, Section, Support};
use comments::Comments;
use paths::Scope;

/// Emits a whole file.
pub(crate) fn emit(file: &File) -> Code {
    let comments = Comments::default();
    let scope = Scope::top(&comments);
    let items = file.types.iter().map(|item| type_item(item, scope));
    let items = items.filter(|item| !item.is_empty()).map(Section::Items);
    let mut items: Vec<Section> = items.collect();
    let impls = file.types.iter().flat_map(|item| type_impls(item, scope));
    let mut impls: Vec<Impl> = impls.collect();
    if !file.commands.is_empty() {
        items.push(commands::item(file, scope));
        impls.extend(commands::impls(file, scope));
    }
    if !file.events.is_empty() {
        items.extend(events::items(file, scope));
        impls.extend(events::impls(file, scope));
    }
    let has_messages = !file.commands.is_empty() || !file.events.is_empty();
    if has_messages {
        items.push(Section::Items(envelope::item(file)));
    }
    if file.has_enums() {
        items.push(Section::Items(enums::parse_error()));
        impls.push(enums::parse_error_impls());
    }
    if file.has_unions() {
        items.push(Section::Items(unions::unknown_branch(&file.unknown_extras)));
        impls.push(unions::unknown_branch_impls());
    }
    if !file.contents.is_empty() {
        items.push(Section::Items(contents::item(&file.contents, scope)));
    }
    Code {
        items,
        impls,
        comments: comments.into_docs(),
        envelope: has_messages.then(|| envelope::envelope(file)),
        support: support::parts(file),
    }
}

fn type_item(item: &Item, scope: Scope<'_>) -> String {
    match item {
        Item::Enum(it) => enums::item(it, scope),
        Item::Struct(it) => {
            let union = it
                .branches
                .as_ref()
                .map(|branches| unions::item(it, branches, scope));
            structs::item(it, scope) + &union.unwrap_or_default()
        }
        Item::Alternate(it) => alternates::item(it, scope),
        Item::Alias(it) => aliases::item(it, scope),
    }
}

fn type_impls(item: &Item, scope: Scope<'_>) -> Vec<Impl> {
    match item {
        Item::Enum(it) => enums::impls(it).into(),
        Item::Struct(it) => {
            let mut impls = Vec::from(structs::impls(it, None, scope));
            if let Some(branches) = &it.branches {
                impls.push(unions::impls(branches, scope));
            }
            impls
        }
        Item::Alternate(it) => alternates::impls(it, scope).into(),
        Item::Alias(_) => Vec::new(),
    }
}
