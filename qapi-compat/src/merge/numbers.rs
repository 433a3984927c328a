//! The type that holds the numbers of several types.

use qapi_parser::{Id, Kind};

use crate::merge::input::Input;
use crate::merge::types::Types;
use crate::shape::{Range, Scalar, builtin};

/// The type of numbers that holds those of all `types`, which are numbers.
pub(super) fn join(input: &Input<'_>, types: &Types) -> Id {
    let scalar = |id: Id| match input.kind(id) {
        Kind::Builtin(it) => builtin(*it),
        _ => None,
    };
    let mut ranges: Vec<(Id, Range)> = Vec::new();
    for &id in types.iter() {
        match scalar(id) {
            Some(Scalar::Integer(range)) => ranges.push((id, range)),
            _ => return input.the_builtin(id),
        }
    }
    let min = ranges.iter().map(|(_, it)| it.min).min().unwrap_or(0);
    let max = ranges.iter().map(|(_, it)| it.max).max().unwrap_or(0);
    let all = Range { min, max };
    if let Some((id, _)) = ranges.iter().find(|(_, it)| it.contains(all)) {
        return input.the_builtin(*id);
    }
    let wider = [("int16", 16), ("int32", 32), ("int", 64)];
    let wider = wider.into_iter().find(|(_, bits)| {
        let end = 1_i128 << (bits - 1);
        -end <= all.min && all.max < end
    });
    // No type of QAPI has both negative numbers and all 64 bits. The unsigned one reads a negative number as the same bits,
    // as QEMU does.
    let unsigned = || ranges.iter().find(|(_, it)| it.max == all.max);
    let id = match wider {
        Some((name, _)) => input.builtin(name),
        None => unsigned().map(|(id, _)| input.the_builtin(*id)),
    };
    id.unwrap_or(types[0])
}
