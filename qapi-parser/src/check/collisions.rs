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
        let fault = self.fault(id, member.member.name.span, message);
        let same = "member names must be unique; '-' and '_' count as the same";
        fault
            .label(other.member.name.span, "the other member")
            .hint(same)
    }

    fn describe_member(&self, id: Id, member: Declared<'_>) -> String {
        let owner = self.draft(member.owner);
        let name = member.member.name.value;
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
