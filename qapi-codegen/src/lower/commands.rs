//! Commands.

use qapi_parser::Kind;

use super::context::{Lowering, is_command};
use super::objects::Role;
use crate::model::Command;

impl Lowering<'_> {
    pub(super) fn commands(&mut self) -> Vec<Command> {
        let mut commands = Vec::new();
        for (_, definition, ident) in self.named(is_command) {
            let Kind::Command(command) = &definition.kind else {
                continue;
            };
            let arguments = command.arguments.and_then(|id| self.schema.object(id));
            let role = Role {
                module: Some("commands"),
                // QEMU does not check the arguments of a command for which it generates no code. Those of a union
                // depend on its branch, and unknown branches keep theirs.
                has_rest: !command.gen_code && arguments.is_some_and(|it| it.branches.is_none()),
            };
            commands.push(Command {
                // A struct with additional arguments is a different type.
                same_as: command
                    .arguments
                    .filter(|id| !role.has_rest && !self.is_foreign(*id))
                    .and_then(|id| self.idents.get(&id).cloned()),
                arguments: self.data(ident, command.arguments, definition, role),
                allow_oob: command.allow_oob,
                success_response: command.success_response,
                returns: command.returns.map(|id| self.ty(id)),
            });
        }
        commands
    }
}
