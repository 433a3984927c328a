//! The types of a generated file with `Debug` and `Clone` only: what no generator can go below.

use anyhow::Result;
use syn::{Attribute, Item, Visibility, parse_quote};

/// Takes from the text of a generated file all but its types, and what they derive but for `Debug` and `Clone`.
pub(crate) fn strip(text: &str) -> Result<String> {
    let mut file = syn::parse_file(text)?;
    strip_items(&mut file.items);
    Ok(prettyplease::unparse(&file))
}

fn strip_items(items: &mut Vec<Item>) {
    items.retain(|item| match item {
        Item::Struct(_) | Item::Enum(_) | Item::Type(_) | Item::Use(_) => true,
        // What is private there is how types are read and written.
        Item::Mod(module) => matches!(module.vis, Visibility::Public(_)),
        _ => false,
    });
    for item in items {
        match item {
            Item::Struct(item) => strip_attributes(&mut item.attrs),
            Item::Enum(item) => strip_attributes(&mut item.attrs),
            Item::Mod(module) => {
                if let Some((_, items)) = &mut module.content {
                    strip_items(items);
                }
            }
            _ => {}
        }
    }
}

fn strip_attributes(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| !attribute.path().is_ident("derive"));
    attributes.push(parse_quote!(#[derive(Clone, Debug)]));
}
