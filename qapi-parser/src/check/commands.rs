//! Arguments and return types of commands, and data of events.

use super::checker::Checker;
use super::seen::Declared;
use crate::dialect::Dialect;
use crate::schema::Id;
use crate::schema::draft::{DraftKind, Reference};

impl<'a> Checker<'a, '_> {
    pub(super) fn command(
        &mut self,
        id: Id,
        data: Option<&'a Reference<'a>>,
        returns: Option<&'a Reference<'a>>,
        boxed: bool,
    ) {
        self.own_features(id);
        if let Some(data) = data {
            self.arguments(id, "command", data, boxed);
        }
        if let Some(returns) = returns {
            self.returns(id, returns);
        }
    }

    pub(super) fn event(&mut self, id: Id, data: Option<&'a Reference<'a>>, boxed: bool) {
        self.own_features(id);
        if let Some(data) = data {
            self.arguments(id, "event", data, boxed);
        }
    }

    fn arguments(&mut self, id: Id, meta: &str, data: &'a Reference<'a>, boxed: bool) {
        let source = format_args!("{meta}'s 'data'");
        let Some(ty) = self.resolve(id, source, data) else {
            return;
        };
        let DraftKind::Object { union, .. } = &self.draft(ty).kind else {
            let message = format!("{source} cannot take {}", self.draft(ty).describe());
            let fault = self.fault(id, data.span, message);
            if boxed && matches!(self.draft(ty).kind, DraftKind::Alternate { .. }) {
                let hint = Dialect::BOXED_ALTERNATE.hint();
                self.findings.tolerate(fault.hint(hint));
                return;
            }
            let hint = "use a struct type, or list the members here";
            self.findings.push(fault.hint(hint));
            return;
        };
        let hint = "add 'boxed': true";
        if union.is_some() && !boxed {
            let described = self.draft(ty).describe();
            let message = format!("{source} can take {described} only with 'boxed': true");
            let fault = self.fault(id, data.span, message);
            self.findings.tolerate(fault.hint(hint));
        }
        self.object(ty);
        let seen = self.objects[ty.index()].members.as_ref();
        let mut members = seen.into_iter().flat_map(|seen| seen.iter());
        let needs_box = |declared: &Declared<'_>| declared.member.condition.is_some() && !boxed;
        if let Some(Declared { member, .. }) = members.find(needs_box) {
            let message =
                format!("{source} members may have 'if' conditions only with 'boxed': true");
            let fault = self.fault(id, member.name.span, message);
            self.findings.tolerate(fault.hint(hint));
        }
    }

    fn returns(&mut self, id: Id, returns: &'a Reference<'a>) {
        let Some(ty) = self.resolve(id, format_args!("command's 'returns'"), returns) else {
            return;
        };
        let element = match &self.draft(ty).kind {
            DraftKind::Array { element } => element.id().unwrap_or(ty),
            _ => ty,
        };
        let exceptions = &self.pragmas.command_returns_exceptions;
        let is_object = matches!(self.draft(element).kind, DraftKind::Object { .. });
        if is_object || exceptions.contains(self.draft(id).name) {
            return;
        }
        let described = self.draft(ty).describe();
        let message = format!("command's 'returns' cannot take {described}");
        let fault = self.fault(id, returns.span, message);
        let hint = "return a struct, or add the command to the 'command-returns-exceptions' pragma";
        self.findings.tolerate(fault.hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{messages, schema};

    #[test]
    fn boxed_types_may_be_unions_or_conditional() {
        let types = "{ 'union': 'Uu', 'base': { 't': 'QType' }, 'discriminator': 't', 'data': {} }\n\
             { 'struct': 'Ab', 'base': 'Base', 'data': {} }\n\
             { 'struct': 'Base', 'data': { 'x': { 'type': 'int', 'if': 'X' } } }\n";
        for data in ["Uu", "Ab"] {
            let command = |boxed| format!("{types}{{ 'command': 'c', {boxed} 'data': '{data}' }}");
            schema(&command("'boxed': true,"));
            assert_eq!(messages(&command("")).len(), 1);
        }
    }

    #[test]
    fn a_command_returns_an_object_or_a_list_of_objects() {
        let returns = |ty| {
            messages(&format!(
                "{{ 'command': 'c', 'returns': {ty} }}\n{{ 'struct': 'Ab', 'data': {{}} }}"
            ))
        };
        assert!(returns("'Ab'").is_empty());
        assert!(returns("[ 'Ab' ]").is_empty());
        assert_eq!(returns("'any'").len(), 1);
        assert_eq!(returns("[ 'any' ]").len(), 1);
    }
}
