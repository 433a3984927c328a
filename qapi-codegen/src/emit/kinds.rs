//! The kinds of members that the runtime distinguishes.

use crate::model::Type;

/// The kind of a member in the runtime. Lists and unsigned 64-bit integers are decoded differently.
pub(super) fn kind(optional: bool, ty: &Type) -> &'static str {
    match (optional, ty.is_u64(), ty.element().map(Type::is_u64)) {
        (false, false, None) => "Need",
        (false, true, _) => "NeedU64",
        (false, _, Some(false)) => "NeedList",
        (false, _, Some(true)) => "NeedU64List",
        (true, false, None) => "May",
        (true, true, _) => "MayU64",
        (true, _, Some(false)) => "MayList",
        (true, _, Some(true)) => "MayU64List",
    }
}
