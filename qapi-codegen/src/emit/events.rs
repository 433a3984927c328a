//! Events, and the message that brings one.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::{allow_deprecated, allow_names, deprecated, derives};
use super::paths::Paths;
use super::{Section, structs};
use crate::model::{File, Traits};
use crate::names::Ident;

pub(super) fn items(file: &File, paths: &Paths<'_>) -> Vec<Section> {
    let inner = Paths::module(file.events.iter().map(|event| &event.data));
    let structs = file
        .events
        .iter()
        .map(|event| structs::item(&event.data, &inner));
    let variants = file.events.iter().map(|event| {
        let (variant, ident) = (&event.variant, &event.data.ident);
        let deprecated = deprecated(event.data.deprecated);
        let doc = format!(" `{}`", event.data.name);
        quote! { #[doc = #doc] #deprecated #variant(events::#ident) }
    });
    let module = quote! {
        /// What each event brings.
        pub mod events
    };
    let with_eq = |eq| derives(Traits { eq, default: false }, &file.extras);
    // Some day an event brings a floating-point number, which is to break no program.
    let (derives, derives_of_unknown) = (with_eq(false), with_eq(true));
    let allow = allow_deprecated(file.events.iter().map(|event| event.data.deprecated));
    let event = Ident::fixed("Event");
    let allow_names = allow_names(&event, file.events.iter().map(|event| &event.variant));
    let all = quote! {
        /// An event, with what it brings.
        #allow
        #allow_names
        #derives
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum Event {
            #(#variants,)*
            /// An event that the schema does not have.
            Unknown(UnknownEvent),
        }
    };
    let timestamp = structs::item(&file.timestamp, paths);
    let string = paths.string();
    let option = paths.option(&quote!(::serde_json::Value));
    let message = quote! {
        /// An event as QEMU sends it: one line, one message.
        #derives
        #[non_exhaustive]
        pub struct EventMessage {
            /// When it was sent.
            pub timestamp: Timestamp,
            /// The event.
            pub event: Event,
        }

        #timestamp

        /// An event that the schema does not have.
        #derives_of_unknown
        #[non_exhaustive]
        pub struct UnknownEvent {
            /// Its name.
            pub name: #string,
            /// Its data as it came.
            pub data: #option,
        }
    };
    vec![
        Section::Module(module, structs.collect()),
        Section::Items(all),
        Section::Items(message),
    ]
}

pub(super) fn impls(file: &File, paths: &Paths<'_>) -> Vec<TokenStream> {
    let structs = file.events.iter();
    let structs = structs.map(|event| structs::impls(&event.data, Some("events"), paths));
    let timestamp = structs::impls(&file.timestamp, None, paths);
    let (result, string) = (paths.result(), paths.string());
    let variants: Vec<_> = file.events.iter().map(|event| &event.variant).collect();
    let wires: Vec<_> = file.events.iter().map(|event| &event.data.name).collect();
    let reads = file.events.iter().enumerate().map(|(index, event)| {
        let (index, variant) = (Literal::usize_unsuffixed(index), &event.variant);
        quote!(#index => support::read_object(data).map(Self::#variant),)
    });
    let writes = file.events.iter().map(|event| {
        let variant = &event.variant;
        match event.has_data {
            true => quote!(Self::#variant(data) => map.serialize_entry("data", data),),
            false => quote!(Self::#variant(_) => Ok(()),),
        }
    });
    let value = paths.option(&quote!(::serde_json::Value));
    let time = paths.option(&quote!(::std::time::SystemTime));
    let event = quote! {
        impl Event {
            /// The name on the wire.
            pub fn name(&self) -> &str {
                match self {
                    #(Self::#variants(_) => #wires,)*
                    Self::Unknown(event) => &event.name,
                }
            }
        }

        impl support::Events for Event {
            const NAMES: &'static [&'static str] = &[#(#wires),*];

            fn read<'de, D: ::serde::Deserializer<'de>>(index: usize, data: D) -> #result<Self, D::Error> {
                match index {
                    #(#reads)*
                    _ => support::no_such_event(),
                }
            }

            fn unknown(name: #string, data: #value) -> Self {
                Self::Unknown(UnknownEvent { name, data })
            }

            fn name(&self) -> &str {
                self.name()
            }

            fn write<W: ::serde::ser::SerializeMap>(&self, map: &mut W) -> #result<(), W::Error> {
                match self {
                    #(#writes)*
                    Self::Unknown(event) => support::write_some(map, "data", &event.data),
                }
            }
        }
    };
    let messages = quote! {
        impl EventMessage {
            /// An event sent at some time.
            pub fn new(timestamp: Timestamp, event: Event) -> Self {
                Self { timestamp, event }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for EventMessage {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                let (timestamp, event) = support::read_event(deserializer)?;
                Ok(Self { timestamp, event })
            }
        }

        impl ::serde::Serialize for EventMessage {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                support::write_event(&self.timestamp, &self.event, serializer)
            }
        }

        impl UnknownEvent {
            /// An event with any name and data.
            pub fn new(name: #string, data: #value) -> Self {
                Self { name, data }
            }
        }

        #timestamp

        impl Timestamp {
            /// The same moment as the standard library has it; `None` when the host has no clock.
            pub fn system_time(self) -> #time {
                support::system_time(self.seconds, self.microseconds)
            }
        }
    };
    structs.chain([event, messages]).collect()
}
