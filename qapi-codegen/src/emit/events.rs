//! Events.

use proc_macro2::Literal;
use quote::quote;

use super::attributes::{allow_deprecated, allow_names, deprecated, extras};
use super::code::{Impl, Section};
use super::paths::Scope;
use super::structs;
use crate::model::{Event, File};
use crate::names::Ident;

pub(super) fn items(file: &File, scope: Scope<'_>) -> Vec<Section> {
    let inner = scope.module();
    let structs = file
        .events
        .iter()
        .map(|event| structs::item(&event.data, inner));
    let variants = file.events.iter().map(|event| {
        let (variant, ident) = (&event.variant, &event.data.ident);
        let deprecated = deprecated(&event.data.deprecated);
        let doc = format!(" `{}`", event.data.name);
        quote! { #[doc = #doc] #deprecated #variant(events::#ident) }
    });
    let module = quote! {
        /// The events, as structs with their data.
        pub mod events
    };
    let extras = extras(&file.event_extras);
    let allow = allow_deprecated(file.events.iter().map(|event| &event.data.deprecated));
    let event = Ident::fixed("Event");
    let allow_names = allow_names(&event, file.events.iter().map(|event| &event.variant));
    let all = quote! {
        /// An event with its data.
        #allow
        #allow_names
        #extras
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum Event {
            #(#variants,)*
            /// An event not defined in the schema.
            Unknown(UnknownEvent),
        }
    };
    vec![
        Section::Module(module, structs.collect()),
        Section::Items(all),
    ]
}

pub(super) fn impls(file: &File, scope: Scope<'_>) -> Vec<Impl> {
    let structs = file.events.iter();
    let structs = structs.flat_map(|event| structs::impls(&event.data, Some("events"), scope));
    let variants = file.events.iter().map(|event| &event.variant);
    let wires = file.events.iter().map(|event| &event.data.name);
    // The runtime searches names with a binary search by length and text.
    let mut sorted: Vec<&Event> = file.events.iter().collect();
    sorted.sort_by_key(|event| (event.data.name.len(), &event.data.name));
    let names = sorted.iter().map(|event| &event.data.name);
    let reads = sorted.iter().enumerate().map(|(index, event)| {
        let (index, variant) = (Literal::usize_unsuffixed(index), &event.variant);
        quote!(#index => ::serde::Deserialize::deserialize(data).map(Self::#variant),)
    });
    let writes = file.events.iter().map(|event| {
        let variant = &event.variant;
        match event.has_data {
            true => quote!(Self::#variant(data) => map.serialize_entry("data", data),),
            false => quote!(Self::#variant(_) => Ok(()),),
        }
    });
    let event = quote! {
        impl Event {
            /// The name on the wire.
            #[inline]
            pub fn name(&self) -> &str {
                match self {
                    #(Self::#variants(_) => #wires,)*
                    Self::Unknown(event) => &event.name,
                }
            }
        }

        impl envelope::Events for Event {
            const NAMES: &'static [&'static str] = &[#(#names),*];

            fn read<'de, D: ::serde::Deserializer<'de>>(index: usize, data: D) -> Result<Self, D::Error> {
                match index {
                    #(#reads)*
                    _ => support::no_such_event(),
                }
            }

            #[inline]
            fn unknown(name: String, data: Option<::serde_json::Value>) -> Self {
                Self::Unknown(UnknownEvent::new(name, data))
            }

            #[inline]
            fn name(&self) -> &str {
                self.name()
            }

            fn write<W: ::serde::ser::SerializeMap>(&self, map: &mut W) -> Result<(), W::Error> {
                match self {
                    #(#writes)*
                    Self::Unknown(event) => support::write_some(map, "data", &event.data),
                }
            }
        }
    };
    structs.chain([Impl::Items(event)]).collect()
}
