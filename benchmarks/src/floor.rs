//! The types of a generated file with `Debug` and `Clone` only: a lower bound for every generator.

use anyhow::Result;
use syn::{Attribute, Item, ItemMod, Visibility, parse_quote};

/// The private modules that are kept. They are the same for every schema, and the envelope has public types.
const RUNTIME: [&str; 2] = ["envelope", "support"];

/// Removes from the text of a generated file everything but its types and the runtime, and all derives of types but
/// `Debug` and `Clone`.
pub(crate) fn strip(text: &str) -> Result<String> {
    let mut file = syn::parse_file(text)?;
    strip_items(&mut file.items);
    Ok(prettyplease::unparse(&file))
}

fn strip_items(items: &mut Vec<Item>) {
    items.retain(|item| match item {
        Item::Struct(_) | Item::Enum(_) | Item::Type(_) | Item::Use(_) => true,
        // Other private modules read and write the types.
        Item::Mod(module) => is_public(module) || is_runtime(module),
        _ => false,
    });
    for item in items {
        match item {
            Item::Struct(item) => strip_attributes(&mut item.attrs),
            Item::Enum(item) => strip_attributes(&mut item.attrs),
            Item::Mod(module) if is_public(module) => {
                if let Some((_, items)) = &mut module.content {
                    strip_items(items);
                }
            }
            _ => {}
        }
    }
}

fn is_public(module: &ItemMod) -> bool {
    matches!(module.vis, Visibility::Public(_))
}

fn is_runtime(module: &ItemMod) -> bool {
    RUNTIME.iter().any(|name| module.ident == name)
}

fn strip_attributes(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| !attribute.path().is_ident("derive"));
    attributes.push(parse_quote!(#[derive(Clone, Debug)]));
}
