//! Commands.

use qapi_parser::Kind;

use super::Lowering;
use super::objects::Role;
use crate::model::Command;

impl Lowering<'_> {
    pub(super) fn commands(&mut self) -> Vec<Command> {
        let mut commands = Vec::new();
        for (id, definition, ident) in self.items_of(|kind| matches!(kind, Kind::Command(_))) {
            let Kind::Command(command) = &self.schema.get(id).kind else {
                continue;
            };
            let role = Role {
                module: Some("commands"),
                // QEMU itself does not check the arguments of a command that it generates no code for.
                has_rest: !command.gen_code && command.arguments.is_some(),
            };
            commands.push(Command {
                same_as: command
                    .arguments
                    .and_then(|id| self.idents.get(&id).cloned()),
                arguments: self.object(ident, command.arguments, definition, role),
                allow_oob: command.allow_oob,
                returns: command.returns.map(|id| self.ty(id)),
            });
        }
        commands
    }
}
