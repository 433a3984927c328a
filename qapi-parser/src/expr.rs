//! Turns expressions into definitions, key by key, and checks the rules that concern a single definition.
//!
//! Implements docs/qapi.md section 3.

mod c_condition;
mod condition;
mod context;
mod kinds;
mod members;

use crate::ast::{self, Definition, Docs, Name, Section, SectionKind};
use crate::diagnostic::{Diagnostic, Findings};
use crate::dialect::Dialect;
use crate::load::{self, Pragmas};
use crate::names::{self, Lower};
use crate::syntax::{Object, Value};
use context::Context;

/// The keys that select the kind of a definition.
const METAS: [&str; 6] = ["enum", "struct", "union", "alternate", "command", "event"];

/// The result of reading an expression.
pub(crate) enum Item<'a> {
    Good(ast::Item<'a>),
    /// A definition with errors, which have been reported. Its name still counts as defined.
    Broken(Option<Name<'a>>),
}

/// Reads the expressions of a schema one by one.
pub(crate) fn read<'a>(
    items: Vec<load::Item<'a>>,
    docs: &Docs<'_>,
    pragmas: &Pragmas<'_>,
    findings: &mut Findings,
) -> impl ExactSizeIterator<Item = Item<'a>> {
    let read = |item| match item {
        load::Item::Include(include) => Item::Good(ast::Item::Include(include)),
        load::Item::Expression { value, doc } => expression(value, doc, docs, pragmas, findings),
    };
    items.into_iter().map(read)
}

fn expression<'a>(
    value: Value<'a>,
    doc: Option<usize>,
    docs: &Docs<'_>,
    pragmas: &Pragmas<'_>,
    findings: &mut Findings,
) -> Item<'a> {
    let Some(object) = value.as_object() else {
        return Item::Broken(None);
    };
    let rejections_before = findings.rejections();
    let mut context = Context {
        pragmas,
        findings,
        definition: value.span(),
        invalid_names: 0,
    };
    let Some((meta, name)) = head(object, &mut context) else {
        return Item::Broken(None);
    };
    definition_name(name, meta, &mut context);
    match doc {
        Some(index) => documentation(docs, index, object, meta, name, &mut context),
        None if pragmas.doc_required => {
            let fault = context.fault(name.span, "documentation comment required");
            let hint = format!(
                "add a documentation block that starts with '# @{}:'",
                name.value
            );
            context.findings.tolerate(fault.hint(hint));
        }
        None => {}
    }
    let kind = kinds::read(object, meta, name, &mut context);
    let condition = condition::read(object, format_args!("{meta}"), &mut context);
    let features = members::features(object, &mut context);
    // Other rules do not depend on valid names, but a reserved name may be that of an implicit definition.
    let is_reserved = name.value.starts_with("q_");
    let faults = context.findings.rejections() - rejections_before;
    match kind {
        Some(kind) if faults == context.invalid_names && !is_reserved => {
            Item::Good(ast::Item::Definition(Definition {
                name,
                span: value.span(),
                doc,
                condition,
                features,
                kind,
            }))
        }
        _ => Item::Broken(Some(name)),
    }
}

/// The key that selects the kind, and the name after it.
fn head<'a>(object: Object<'a>, context: &mut Context<'_>) -> Option<(&'static str, Name<'a>)> {
    let mut metas = METAS.into_iter().filter(|meta| object.get(meta).is_some());
    let found = (metas.next(), metas.next());
    // Up to QEMU 2.3, the keyword for a struct is 'type'.
    let meta = match found {
        (Some(meta), None) => Some(meta),
        (None, _) if object.get("type").is_some() => Some("type"),
        _ => None,
    };
    let message = || {
        let keys = METAS.map(|meta| format!("'{meta}'")).join(", ");
        format!("expression must have exactly one key {keys}")
    };
    let Some(meta) = meta else {
        let message = message();
        let fault = match found {
            (Some(first), Some(second)) => {
                let span = |key| object.key_span(key).unwrap_or(context.definition);
                context
                    .fault(span(second), message)
                    .label(span(first), "the other key")
            }
            _ => match object.iter().next() {
                Some((key, _)) => context
                    .fault(key.span, message)
                    .hint_nearest(key.value, METAS),
                None => context.fault(context.definition, message),
            },
        };
        context.findings.push(fault);
        return None;
    };
    let value = object.get(meta)?;
    let Some(name) = value.as_name() else {
        context.error(value.span(), format!("'{meta}' requires a string name"));
        return None;
    };
    if meta == "type" {
        let key = object.key_span(meta).unwrap_or(value.span());
        let message = match context.findings.is_strict() {
            true => message(),
            false => "struct with the old keyword 'type'".to_owned(),
        };
        let fault = context.fault(key, message);
        context.findings.tolerate(fault.hint(Dialect::TYPE.hint()));
    }
    Some((meta, name))
}

fn definition_name(name: Name<'_>, meta: &str, context: &mut Context<'_>) {
    let (result, style) = match meta {
        "event" => (
            names::check_upper(name.value),
            "must not use lowercase or '-'",
        ),
        "command" => {
            let permit = Lower {
                permit_upper: false,
                permit_underscore: context.pragmas.command_name_exceptions.contains(name.value),
            };
            (
                names::check_lower(name.value, permit),
                "must not use uppercase or '_'",
            )
        }
        _ => (names::check_camel(name.value), "must use CamelCase"),
    };
    let is_type = !matches!(meta, "event" | "command");
    context.name(name, result, format_args!("{meta}"), style);
    if is_type && result.is_ok() && name.value.ends_with("List") {
        let message = format!("{meta} name should not end in 'List'");
        let fault = context.fault(name.span, message);
        context
            .findings
            .tolerate(fault.hint("such names are reserved for array types"));
    }
}

/// Checks documentation against the definition that follows it, as far as that needs no other definition.
fn documentation(
    docs: &Docs<'_>,
    block: usize,
    object: Object<'_>,
    meta: &str,
    name: Name<'_>,
    context: &mut Context<'_>,
) {
    if let Some(symbol) = docs.blocks[block]
        .symbol
        .filter(|s| !s.value.is_empty() && s.value != name.value)
    {
        let message = format!("documentation comment is for '{}'", symbol.value);
        let fault = context.fault(symbol.span, message);
        let fault = fault.label(name.span, "the definition");
        context.findings.tolerate(fault);
    }
    let is_returns = |section: &&Section<'_>| matches!(section.kind, SectionKind::Returns);
    let is_errors = |section: &&Section<'_>| matches!(section.kind, SectionKind::Errors);
    let sections = || docs.sections(block).iter();
    for section in sections()
        .filter(is_returns)
        .chain(sections().filter(is_errors))
    {
        let title = section.kind.title();
        let message = match section.kind {
            _ if meta != "command" => format!("'{title}' section is only valid for commands"),
            SectionKind::Returns if object.get("returns").is_none() => {
                format!("'{title}' section, but command doesn't return anything")
            }
            _ => continue,
        };
        let fault = Diagnostic::error(section.span, message).within(section.span);
        let fault = fault.label(name.span, "the definition");
        context.findings.tolerate(fault);
    }
}
