//! Commands, and the messages that carry them.

use proc_macro2::TokenStream;
use quote::quote;

use super::code::{Impl, Section};
use super::paths::{Paths, in_module};
use super::structs;
use crate::model::{File, Struct};
use crate::names::Ident;

pub(super) fn items(file: &File, paths: &Paths<'_>) -> Vec<Section> {
    let inner = paths.module(file.commands.iter().map(|command| &command.arguments));
    let commands = file
        .commands
        .iter()
        .map(|it| structs::item(&it.arguments, &inner));
    let module = quote! {
        /// What each command takes.
        pub mod commands
    };
    let (string, result) = (paths.string(), paths.result());
    let option = paths.option(&quote!(::serde_json::Value));
    let messages = quote! {
        /// A command with its arguments.
        pub trait Command: ::serde::Serialize {
            /// The name on the wire.
            const NAME: &'static str;
            /// Whether it may be executed out of band.
            #[allow(dead_code)]
            const ALLOW_OOB: bool;
            /// Whether it has arguments at all.
            const HAS_ARGUMENTS: bool = true;
            /// What it returns.
            type Return: ::serde::de::DeserializeOwned;
        }

        /// A request to execute a command.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct Execute<C> {
            /// The command.
            pub command: C,
            /// What the answer is to have as its `id`.
            pub id: #option,
            /// Whether to execute it out of band, before those that wait.
            pub out_of_band: bool,
        }

        /// The answer to a request.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct Response<R> {
            /// What the command returns, or why it failed.
            pub result: #result<R, CommandError>,
            /// The `id` of the request.
            pub id: #option,
        }

        /// Why a command failed.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub struct CommandError {
            /// The kind of error.
            pub class: #string,
            /// The error in words.
            pub desc: #string,
        }

        /// What a command returns that returns nothing: an object without members.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub struct Empty {}
    };
    vec![
        Section::Module(module, commands.collect()),
        Section::Items(messages),
    ]
}

pub(super) fn impls(file: &File, paths: &Paths<'_>) -> Vec<Impl> {
    let result = paths.result();
    let commands = file.commands.iter().flat_map(|command| {
        let [own, table] = structs::impls(&command.arguments, Some("commands"), paths);
        let path = in_module(Some("commands"), &command.arguments.ident);
        let (name, allow_oob) = (&command.arguments.name, command.allow_oob);
        let returns = match &command.returns {
            Some(ty) => paths.ty(ty),
            None => quote!(Empty),
        };
        let no_arguments = command.arguments.is_empty().then(|| {
            quote!(
                const HAS_ARGUMENTS: bool = false;
            )
        });
        let from = command
            .same_as
            .as_ref()
            .map(|ty| conversion(&command.arguments, &path, ty, paths));
        let command = quote! {
            #from

            impl Command for #path {
                const NAME: &'static str = #name;
                const ALLOW_OOB: bool = #allow_oob;
                #no_arguments
                type Return = #returns;
            }
        };
        [own, table, Impl::Items(command)]
    });
    let messages = quote! {
        impl<C: Command> Execute<C> {
            /// A request without an `id`, to be executed in turn.
            pub fn new(command: C) -> Self {
                Self { command, id: None, out_of_band: false }
            }

            /// The same with an `id`.
            pub fn with_id(self, id: ::serde_json::Value) -> Self {
                Self { id: Some(id), ..self }
            }

            /// The same to be executed out of band, which the command must allow.
            pub fn out_of_band(self) -> Self {
                Self { out_of_band: true, ..self }
            }
        }

        impl<C: Command> ::serde::Serialize for Execute<C> {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                let execute = if self.out_of_band { "exec-oob" } else { "execute" };
                let mut map = serializer.serialize_map(None)?;
                ::serde::ser::SerializeMap::serialize_entry(&mut map, execute, C::NAME)?;
                if C::HAS_ARGUMENTS {
                    ::serde::ser::SerializeMap::serialize_entry(&mut map, "arguments", &self.command)?;
                }
                support::write_some(&mut map, "id", &self.id)?;
                ::serde::ser::SerializeMap::end(map)
            }
        }

        impl<'de, R: ::serde::Deserialize<'de>> ::serde::Deserialize<'de> for Response<R> {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                let (result, id) = support::read_response(deserializer)?;
                Ok(Self { result, id })
            }
        }

        impl ::std::fmt::Display for CommandError {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}: {}", self.class, self.desc)
            }
        }

        impl ::std::error::Error for CommandError {}
    };
    let tables = [
        quote!(
            support::object! { CommandError as "error" { Need class = "class", Need desc = "desc", } }
        ),
        quote!(support::object! { Empty as "nothing" {} }),
    ];
    let messages = [Impl::Items(messages)];
    let messages = messages.into_iter().chain(tables.map(Impl::Table));
    commands.chain(messages).collect()
}

/// A command whose arguments have a type of their own can be made of that.
fn conversion(command: &Struct, path: &TokenStream, ty: &Ident, paths: &Paths<'_>) -> TokenStream {
    let from = paths.from();
    let fields = command.fields.iter().map(|field| &field.ident);
    let branch = command.branches.as_ref().map(|branches| &branches.field);
    let fields: Vec<_> = fields.chain(branch).collect();
    let it = match fields.is_empty() {
        true => quote!(_),
        false => quote!(it),
    };
    let values = fields.iter().map(|field| match command.is_transparent {
        true => quote!(#field: it),
        false => quote!(#field: it.#field),
    });
    quote! {
        impl #from<#ty> for #path {
            #[inline]
            fn from(#it: #ty) -> Self {
                Self { #(#values),* }
            }
        }
    }
}
