//! Commands.

use super::code::{Impl, Section};
use super::paths::{Scope, in_module};
use super::structs;
use crate::model::{File, Struct};
use crate::names::Ident;

pub(super) fn item(file: &File, scope: Scope<'_>) -> Section {
    let inner = scope.module();
    let commands = file
        .commands
        .iter()
        .map(|it| structs::item(&it.arguments, inner));
    let module = "/// The commands, as structs with their arguments.\npub mod commands";
    Section::Module(module.to_owned(), commands.collect())
}

pub(super) fn impls(file: &File, scope: Scope<'_>) -> Vec<Impl> {
    let commands = file.commands.iter().flat_map(|command| {
        let [own, table] = structs::impls(&command.arguments, Some("commands"), scope);
        let path = in_module(Some("commands"), &command.arguments.ident);
        let name = &command.arguments.name;
        let returns = match &command.returns {
            Some(ty) => scope.ty(ty),
            None => "Empty".to_owned(),
        };
        // What is not the default of the trait.
        let allow_oob = match command.allow_oob {
            true => "const ALLOW_OOB: bool = true;",
            false => "",
        };
        let no_arguments = match command.arguments.is_empty() {
            true => "const HAS_ARGUMENTS: bool = false;",
            false => "",
        };
        let no_response = match command.success_response {
            true => "",
            false => "const SUCCESS_RESPONSE: bool = false;",
        };
        let from = command
            .same_as
            .as_ref()
            .map(|ty| conversion(&command.arguments, &path, ty))
            .unwrap_or_default();
        let command = format!(
            "{from}
            impl Command for {path} {{
                const NAME: &'static str = {name:?};
                {allow_oob}
                {no_arguments}
                {no_response}
                type Return = {returns};
            }}"
        );
        [own, table, Impl::Items(command)]
    });
    commands.collect()
}

/// The conversion from the type of the arguments, if that is a named type.
fn conversion(command: &Struct, path: &str, ty: &Ident) -> String {
    let fields = command.fields.iter().map(|field| &field.ident);
    let branch = command.branches.as_ref().map(|branches| &branches.field);
    let fields: Vec<_> = fields.chain(branch).collect();
    let it = match fields.is_empty() {
        true => "_",
        false => "it",
    };
    let values = fields.iter().map(|field| match command.is_transparent {
        true => format!("{field}: it"),
        false => format!("{field}: it.{field}"),
    });
    let values: Vec<_> = values.collect();
    format!(
        "impl From<{ty}> for {path} {{
            #[inline]
            fn from({it}: {ty}) -> Self {{
                Self {{ {} }}
            }}
        }}",
        values.join(", ")
    )
}
