//! Arguments of commands and data of events.

use qapi_parser::{Definition, Id, Kind};

use super::context::Lowering;
use super::docs::Docs;
use super::objects::Role;
use crate::model::{Field, Struct};
use crate::names::Ident;

/// The field of a command or an event with an alternate instead of members.
const VALUE: &str = "value";

impl Lowering<'_> {
    /// The arguments or the data of `definition`, which is a command or an event.
    pub(super) fn data(
        &mut self,
        ident: Ident,
        id: Option<Id>,
        definition: &Definition,
        role: Role,
    ) -> Struct {
        let is_alternate = |id: &Id| matches!(self.schema.get(*id).kind, Kind::Alternate(_));
        match id.filter(is_alternate) {
            Some(id) => self.alternate_data(ident, id, definition, role),
            None => self.object(ident, id, definition, role),
        }
    }

    /// A boxed alternate, which QEMU 2.10 to 4.1 allow (docs/qapi.md section 7).
    fn alternate_data(&self, ident: Ident, id: Id, definition: &Definition, role: Role) -> Struct {
        let value = Ident::fixed(VALUE);
        let doc = match definition.kind {
            Kind::Command(_) => "The arguments.",
            _ => "The data.",
        };
        Struct {
            docs: Docs::new(self, definition, [], role.module).item(),
            name: definition.name.clone(),
            deprecated: self.deprecation(&definition.features, &self.docs_of(definition)),
            extras: self.extras(definition, false),
            fields: vec![Field {
                ident: value,
                wire: VALUE.to_owned(),
                docs: vec![doc.to_owned()],
                setter_docs: Vec::new(),
                ty: self.ty(id),
                argument: self.argument(id),
                optional: false,
                in_new: true,
                deprecated: None,
            }],
            branches: None,
            rest: None,
            is_transparent: true,
            has_setters: false,
            conversion: None,
            ident,
        }
    }
}
