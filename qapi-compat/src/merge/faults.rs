//! The findings about places that no type fits.

use foldhash::{HashSet, HashSetExt as _};
use qapi_parser::{Diagnostic, Id, Kind, Span};

use crate::merge::graph::{Graph, Node, Type};
use crate::merge::input::Input;
use crate::merge::join::alternatives;
use crate::merge::losses::Conflict;
use crate::merge::roots::Root;

/// All conflicts.
pub(super) fn faults(graph: &Graph<'_, '_>, roots: &[Root]) -> Vec<Diagnostic> {
    let input = graph.input;
    let mut faults = Vec::new();
    if graph.is_too_large() {
        let message = "the schemas have too little in common to be merged";
        let span = input.ids().find_map(|id| input.get(id).span);
        let hint = "select the commands and events with `only`";
        faults.extend(span.map(|span| Diagnostic::error(span, message).hint(hint)));
    }
    for root in roots {
        let name = &input.get(root.ids[0]).name;
        let arguments = match input.kind(root.ids[0]) {
            Kind::Event(_) => "data",
            _ => "arguments",
        };
        for (types, what) in [
            (&root.arguments, arguments),
            (&root.returns, "return value"),
        ] {
            if let Some(types) = types
                && let Some(&Type::Conflict(one, other)) = graph.get(types, &[])
            {
                let span = |ty| root_span(input, root, ty);
                let places = (span(one), span(other));
                let is_nothing = |id: Id| input.get(id).span.is_none() && input.is_empty(id);
                let message = match is_nothing(one) || is_nothing(other) {
                    true => format!(
                        "'{name}' returns a value that is not an object in one schema, and nothing in another"
                    ),
                    false => differ(input, &format!("the {what} of '{name}'"), one, other),
                };
                faults.extend(fault(
                    input,
                    message,
                    (one, other),
                    places,
                    Some(root.ids[0]),
                ));
            }
        }
    }
    for (index, node) in graph.nodes.iter().enumerate() {
        for conflict in graph.conflicts(node) {
            let Conflict { part, one, other } = conflict;
            let places = (
                part_span(input, node, part, one),
                part_span(input, node, part, other),
            );
            let message = differ(input, &format!("'{part}'"), one, other);
            faults.extend(fault(
                input,
                message,
                (one, other),
                places,
                user(graph, roots, index),
            ));
        }
    }
    faults
}

fn differ(input: &Input<'_>, what: &str, one: Id, other: Id) -> String {
    let (one, other) = (words(input, one), words(input, other));
    format!("{what} is {one} in one schema and {other} in another, and no type holds both")
}

fn fault(
    input: &Input<'_>,
    message: String,
    (one, other): (Id, Id),
    places: (Option<Span>, Option<Span>),
    user: Option<Id>,
) -> Option<Diagnostic> {
    let fault = Diagnostic::error(places.0.or(places.1)?, message);
    let fault = match places.1.filter(|_| places.0.is_some()) {
        Some(other) => fault.label(other, "the other schema has this"),
        None => fault,
    };
    let only = match user {
        Some(id) if is_type(input, id) => {
            let name = &input.get(id).name;
            format!("select the commands and events that do not use '{name}' with `only`")
        }
        Some(id) => format!("leave '{}' out with `only`", input.get(id).name),
        None => "select other commands and events with `only`".to_owned(),
    };
    // A type that is replaced holds everything; the built-in ones are too many places at once.
    let types = [one, other].into_iter().chain(user);
    let mut types = types.filter(|id| is_type(input, *id));
    Some(fault.hint(match types.next() {
        Some(id) => {
            let name = &input.get(id).name;
            format!("{only}, or provide a type for '{name}' with `extern_type`")
        }
        None => only,
    }))
}

/// Whether a definition is a named type of a schema.
fn is_type(input: &Input<'_>, id: Id) -> bool {
    let it = input.get(id);
    let is_type = matches!(
        it.kind,
        Kind::Enum(_) | Kind::Object(_) | Kind::Alternate(_)
    );
    is_type && !it.is_implicit && it.span.is_some()
}

/// The named type, the command or the event that a node is part of.
fn user(graph: &Graph<'_, '_>, roots: &[Root], index: usize) -> Option<Id> {
    let mut seen = HashSet::new();
    let mut open = vec![index];
    while let Some(index) = open.pop() {
        let node = &graph.nodes[index];
        if !seen.insert(index) {
            continue;
        }
        if is_type(graph.input, node.lead) {
            return Some(node.lead);
        }
        let has_node = |root: &&Root| {
            let mut arguments = root.arguments.iter();
            arguments.any(|it| it.is_within(&node.types))
        };
        if let Some(root) = roots.iter().find(has_node) {
            return Some(root.ids[0]);
        }
        open.extend(&node.parents);
    }
    None
}

fn words(input: &Input<'_>, id: Id) -> String {
    let it = input.get(id);
    let name = || format!("'{}'", it.name);
    match &it.kind {
        Kind::Array(element) => format!("a list of {}", words(input, *element)),
        Kind::Builtin(_) | Kind::Extern | Kind::Command(_) | Kind::Event(_) => name(),
        Kind::Enum(_) => format!("enum {}", name()),
        Kind::Alternate(_) => format!("alternate {}", name()),
        Kind::Object(_) if it.span.is_none() => "nothing".to_owned(),
        Kind::Object(_) if it.is_implicit => "an object".to_owned(),
        Kind::Object(it) if it.branches.is_some() => format!("union {}", name()),
        Kind::Object(_) => format!("struct {}", name()),
    }
}

/// Where a command or an event has a type.
fn root_span(input: &Input<'_>, root: &Root, ty: Id) -> Option<Span> {
    let mut ids = root.ids.iter();
    let id = ids.find(|id| input.schema(**id) == input.schema(ty))?;
    input.get(*id).span
}

/// Where a member or an alternative has a type.
fn part_span(input: &Input<'_>, node: &Node, part: &str, ty: Id) -> Option<Span> {
    let in_objects = node.types.iter().flat_map(|id| input.members(*id));
    let mut members = in_objects.filter(|(_, it)| it.name.value == part && it.ty == ty);
    let in_alternates = node.types.iter().flat_map(|id| alternatives(input, *id));
    let mut alternatives = in_alternates.filter(|it| it.ty == ty);
    let member = members.next().map(|(_, it)| it.name.span);
    member
        .or_else(|| alternatives.next().map(|it| it.name.span))
        .or_else(|| input.get(ty).span)
}
