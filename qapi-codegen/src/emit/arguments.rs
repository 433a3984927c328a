//! The arguments of functions that make objects.

use super::conversions;
use super::paths::Scope;
use crate::model::Field;

/// Clippy reports functions with more arguments.
const MAX_ARGUMENTS: usize = 7;

/// The argument for a field: its type, and the field's value made from it.
pub(super) fn argument(field: &Field, scope: Scope<'_>) -> (String, String) {
    conversions::argument(field.ident.as_str(), &field.ty, field.argument, scope)
}

/// The attribute for a function with this many arguments.
pub(super) fn allow_many(count: usize) -> &'static str {
    match count > MAX_ARGUMENTS {
        true => "#[allow(clippy::too_many_arguments)]",
        false => "",
    }
}
