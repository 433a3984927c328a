//! Collisions between members of an object.

use super::checker::Checker;
use super::seen::Declared;
use crate::diagnostic::Diagnostic;
use crate::schema::Id;

impl Checker<'_, '_> {
    /// The error about two colliding members in the definition `id`.
    pub(super) fn collision(
        &self,
        id: Id,
        member: Declared<'_>,
        other: Declared<'_>,
    ) -> Diagnostic {
        let message = format!(
            "{} collides with {}",
            self.describe_member(id, member),
            self.describe_member(id, other)
        );
        // Implicit types are shared, so their places may be in another definition.
        let span = match self.is_implied(member) {
            true => self.name_span(id),
            false => member.member.name.span,
        };
        let fault = self.fault(id, span, message);
        let same = "member names must be unique; '-' and '_' count as the same";
        fault
            .label(other.member.name.span, "the other member")
            .hint(same)
    }

    /// Whether it is the member `type` or `data` of a simple union, which has the place of the union's name.
    pub(super) fn is_implied(&self, member: Declared<'_>) -> bool {
        let owner = self.draft(member.owner);
        owner.is_implicit
            && owner
                .at
                .is_some_and(|at| at.name == member.member.name.span)
    }

    fn describe_member(&self, id: Id, member: Declared<'_>) -> String {
        let owner = self.draft(member.owner);
        let name = member.member.name.value;
        if self.is_implied(member) {
            return format!("member '{name}' of a simple union");
        }
        if owner.is_implicit {
            return match owner.name.ends_with("-base") {
                true => format!("base member '{name}'"),
                false => format!("parameter '{name}'"),
            };
        }
        match member.owner == id {
            true => format!("member '{name}'"),
            false => format!("member '{name}' of type '{}'", owner.name),
        }
    }
}
