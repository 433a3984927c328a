//! The attributes of an item: documentation, derives and others.

use crate::model::{Deprecation, Extras};
use crate::names::Ident;

pub(super) fn deprecated(deprecated: &Option<Deprecation>) -> String {
    match deprecated {
        Some(Deprecation { note: Some(note) }) => format!("#[deprecated(note = {note:?})]"),
        Some(Deprecation { note: None }) => "#[deprecated]".to_owned(),
        None => String::new(),
    }
}

/// Allows the derived code of an item to use its deprecated parts.
pub(super) fn allow_deprecated<'a>(
    mut parts: impl Iterator<Item = &'a Option<Deprecation>>,
) -> &'static str {
    match parts.any(Option::is_some) {
        true => "#[allow(deprecated)]",
        false => "",
    }
}

/// Allows a variant whose name starts or ends with that of the enum.
pub(super) fn allow_names<'a>(
    owner: &Ident,
    mut variants: impl Iterator<Item = &'a Ident>,
) -> &'static str {
    let owner = owner.as_str();
    match variants.any(|it| it.as_str().starts_with(owner) || it.as_str().ends_with(owner)) {
        true => "#[allow(clippy::enum_variant_names)]",
        false => "",
    }
}

/// The derives and the other attributes of a type, which were checked with the options.
pub(super) fn extras(extras: &Extras) -> String {
    let derives = extras.derives.join(", ");
    format!("#[derive({derives})] {}", extras.attributes.concat())
}

/// The attributes of a type of the envelope, which has `derives` already.
pub(super) fn with_extras(derives: &str, extras: &Extras) -> String {
    let mut derives: Vec<&str> = derives.split(", ").collect();
    for more in &extras.derives {
        if !derives.contains(&more.as_str()) {
            derives.push(more);
        }
    }
    let mut text = format!("#[derive({})]\n", derives.join(", "));
    for attribute in &extras.attributes {
        text += &format!("{attribute}\n");
    }
    text
}
