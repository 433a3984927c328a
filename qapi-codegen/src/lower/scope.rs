//! Names that must differ from each other.

use std::collections::HashMap;

use qapi_parser::{Diagnostic, Span};

use crate::names::{self, Ident};

/// A name in the schema, with its place.
pub(super) type Named<'a> = (&'a str, Option<Span>);

/// Assigns an identifier to each name of a namespace. Two names with the same identifier are an error.
pub(super) fn assign(
    named: &[Named<'_>],
    style: names::Style<'_>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Ident> {
    let wires: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
    let idents = names::assign(&wires, style);
    let mut taken: HashMap<&Ident, Named<'_>> = HashMap::new();
    for (ident, &(name, span)) in idents.iter().zip(named) {
        if let Some((other, other_span)) = taken.insert(ident, (name, span)) {
            faults.extend(collision(ident, (name, span), (other, other_span)));
        }
    }
    idents
}

fn collision(ident: &Ident, (name, span): Named<'_>, (other, at): Named<'_>) -> Option<Diagnostic> {
    let message = format!("'{name}' and '{other}' are both `{ident}` in Rust");
    let fault = Diagnostic::error(span.or(at)?, message);
    let fault = match at {
        Some(at) => fault.label(at, "the other name"),
        None => fault,
    };
    Some(fault.hint("rename one of them"))
}
