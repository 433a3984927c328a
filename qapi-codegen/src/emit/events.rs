//! Events.

use super::attributes::{allow_deprecated, allow_names, deprecated, extras};
use super::code::{Impl, Section};
use super::paths::Scope;
use super::structs;
use super::text::each;
use crate::model::{Event, File};
use crate::names::Ident;

pub(super) fn items(file: &File, scope: Scope<'_>) -> Vec<Section> {
    let inner = scope.module();
    let structs = file
        .events
        .iter()
        .map(|event| structs::item(&event.data, inner));
    let variants = each(&file.events, |event| {
        let (variant, ident) = (&event.variant, &event.data.ident);
        let deprecated = deprecated(&event.data.deprecated);
        let name = &event.data.name;
        format!("/// `{name}`\n{deprecated} {variant}(events::{ident}),\n")
    });
    let module = "/// The events, as structs with their data.\npub mod events".to_owned();
    let extras = extras(&file.event_extras);
    let allow = allow_deprecated(file.events.iter().map(|event| &event.data.deprecated));
    let event = Ident::fixed("Event");
    let allow_names = allow_names(&event, file.events.iter().map(|event| &event.variant));
    let all = format!(
        "/// An event with its data.
        {allow} {allow_names} {extras}
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum Event {{
            {variants}
            /// An event not defined in the schema.
            Unknown(UnknownEvent),
        }}"
    );
    vec![
        Section::Module(module, structs.collect()),
        Section::Items(all),
    ]
}

pub(super) fn impls(file: &File, scope: Scope<'_>) -> Vec<Impl> {
    let structs = file.events.iter();
    let structs = structs.flat_map(|event| structs::impls(&event.data, Some("events"), scope));
    let wires = each(&file.events, |event| {
        format!("Self::{}(_) => {:?},\n", event.variant, event.data.name)
    });
    // The runtime searches names by length, then by text.
    let mut sorted: Vec<&Event> = file.events.iter().collect();
    sorted.sort_by_key(|event| (event.data.name.len(), &event.data.name));
    let names = sorted.iter().map(|event| format!("{:?}", event.data.name));
    let names = names.collect::<Vec<_>>().join(", ");
    let reads = each(sorted.iter().enumerate(), |(index, event)| {
        let variant = &event.variant;
        format!("{index} => support::read_event(data, Self::{variant}, place),\n")
    });
    let writes = each(&file.events, |event| {
        let variant = &event.variant;
        match event.has_data {
            true => format!("Self::{variant}(data) => map.serialize_entry(\"data\", data),\n"),
            false => format!("Self::{variant}(_) => Ok(()),\n"),
        }
    });
    let event = format!(
        r#"        impl Event {{
            /// The name on the wire.
            #[inline]
            pub fn name(&self) -> &str {{
                match self {{
                    {wires}
                    Self::Unknown(event) => &event.name,
                }}
            }}
        }}

        impl envelope::Events for Event {{
            const NAMES: &'static [&'static str] = &[{names}];

            fn read<'de, D: ::serde::Deserializer<'de>>(index: usize, data: D, place: &mut Option<Self>) -> Result<(), D::Error> {{
                match index {{
                    {reads}
                    _ => support::no_such_event(),
                }}
            }}

            #[inline]
            fn unknown(name: String, data: Option<::serde_json::Value>) -> Self {{
                Self::Unknown(UnknownEvent::new(name, data))
            }}

            #[inline]
            fn name(&self) -> &str {{
                self.name()
            }}

            fn write<W: ::serde::ser::SerializeMap>(&self, map: &mut W) -> Result<(), W::Error> {{
                match self {{
                    {writes}
                    Self::Unknown(event) => support::write_some(map, "data", &event.data),
                }}
            }}
        }}
        "#
    );
    structs.chain([Impl::Items(event)]).collect()
}
