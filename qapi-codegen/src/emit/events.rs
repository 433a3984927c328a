//! Events, and the message that brings one.

use proc_macro2::Literal;
use quote::quote;

use super::attributes::{allow_deprecated, allow_names, deprecated, derives, eq};
use super::code::{Impl, Section};
use super::paths::Paths;
use super::structs;
use crate::model::{Event, File, Traits};
use crate::names::Ident;

/// What any event can derive: some day one brings a floating-point number, which is to break no program.
const ANY: Traits = Traits {
    eq: false,
    default: false,
};

pub(super) fn items(file: &File, paths: &Paths<'_>) -> Vec<Section> {
    let inner = paths.module(file.events.iter().map(|event| &event.data));
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
    let derives_of_unknown = derives(Traits::EQ, &file.extras);
    let derives = derives(ANY, &file.extras);
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

pub(super) fn impls(file: &File, paths: &Paths<'_>) -> Vec<Impl> {
    let structs = file.events.iter();
    let structs = structs.flat_map(|event| structs::impls(&event.data, Some("events"), paths));
    let timestamp = structs::impls(&file.timestamp, None, paths);
    let (result, string) = (paths.result(), paths.string());
    let variants = file.events.iter().map(|event| &event.variant);
    let wires = file.events.iter().map(|event| &event.data.name);
    // The runtime looks a name up by halving, and its length first.
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
    let value = paths.option(&quote!(::serde_json::Value));
    let time = paths.option(&quote!(::std::time::SystemTime));
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

        impl support::Events for Event {
            const NAMES: &'static [&'static str] = &[#(#names),*];

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
    let eq = eq(Traits::EQ, &quote!(UnknownEvent), paths);
    let messages = quote! {
        #eq

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

        impl Timestamp {
            /// The same moment as the standard library has it; `None` when the host has no clock.
            pub fn system_time(self) -> #time {
                support::system_time(self.seconds, self.microseconds)
            }
        }
    };
    let own = [event, messages].map(Impl::Items);
    structs.chain(own).chain(timestamp).collect()
}
