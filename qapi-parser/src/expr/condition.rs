//! Conditions, in the current form and in older ones.

use std::fmt::Arguments;

use super::c_condition;
use super::context::Context;
use crate::ast::Condition;
use crate::dialect::Dialect;
use crate::source::Spanned;
use crate::syntax::{Array, Node, Object, Value};

const KEYS: [&str; 3] = ["all", "any", "not"];

/// The rule for symbols.
const SYMBOL: &str =
    "a symbol starts with an uppercase letter and contains only uppercase letters, digits and '_'";

/// Reads the `if` of an object. `source` describes the object.
pub(super) fn read(
    object: Object<'_>,
    source: Arguments<'_>,
    context: &mut Context<'_>,
) -> Option<Box<Spanned<Condition>>> {
    let value = object.get("if")?;
    let condition = match value.node() {
        Node::Array(conditions) => list(conditions, value, source, context),
        _ => condition(value, source, context),
    }?;
    Some(Box::new(Spanned::new(condition, value.span())))
}

fn condition(
    value: Value<'_>,
    source: Arguments<'_>,
    context: &mut Context<'_>,
) -> Option<Condition> {
    match value.node() {
        Node::String(text) => symbol(text, value, source, context),
        Node::Object(object) => combination(object, value, source, context),
        _ => {
            let message = format!("'if' condition of {source} must be a string or an object");
            context.error(value.span(), message);
            None
        }
    }
}

fn symbol(
    text: &str,
    value: Value<'_>,
    source: Arguments<'_>,
    context: &mut Context<'_>,
) -> Option<Condition> {
    let is_symbol = text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if is_symbol {
        return Some(Condition::Symbol(text.to_owned()));
    }
    let message = format!("'if' condition '{text}' of {source} is not a valid identifier");
    let fault = context.fault(value.span(), message);
    match c_condition::parse(text) {
        Some(condition) => {
            let hint = match &condition {
                Condition::Symbol(name) if name == text => SYMBOL.to_owned(),
                _ => Dialect::C_CONDITION.hint_to_write(spelling(&condition)),
            };
            context.findings.tolerate(fault.hint(hint));
            Some(condition)
        }
        None => {
            context.findings.push(fault.hint(SYMBOL));
            None
        }
    }
}

/// A condition in the syntax of the schema language.
fn spelling(condition: &Condition) -> String {
    let list = |conditions: &[Condition]| {
        let parts: Vec<_> = conditions.iter().map(spelling).collect();
        parts.join(", ")
    };
    match condition {
        Condition::Symbol(name) => format!("'{name}'"),
        Condition::All(parts) => format!("{{ 'all': [ {} ] }}", list(parts)),
        Condition::Any(parts) => format!("{{ 'any': [ {} ] }}", list(parts)),
        Condition::Not(part) => format!("{{ 'not': {} }}", spelling(part)),
    }
}

fn combination(
    object: Object<'_>,
    value: Value<'_>,
    source: Arguments<'_>,
    context: &mut Context<'_>,
) -> Option<Condition> {
    let errors = context.findings.errors();
    let source_of_keys = format_args!("'if' condition of {source}");
    context.keys(object, value.span(), source_of_keys, &[], &KEYS);
    if context.findings.errors() > errors {
        return None;
    }
    let mut entries = object.iter();
    let (Some((key, inner)), None) = (entries.next(), entries.next()) else {
        let message = format!("'if' condition of {source} has conflicting keys");
        let at = object
            .iter()
            .nth(1)
            .map_or(value.span(), |(key, _)| key.span);
        let fault = context.fault(at, message);
        context
            .findings
            .push(fault.hint("use exactly one of 'all', 'any' and 'not'"));
        return None;
    };
    if key.value == "not" {
        return Some(Condition::Not(Box::new(condition(inner, source, context)?)));
    }
    let Some(operands) = inner.as_array() else {
        let message = format!("'{}' condition of {source} must be an array", key.value);
        context.error(inner.span(), message);
        return None;
    };
    if operands.is_empty() {
        let message = format!("'{}' condition of {source} must not be empty", key.value);
        context.error(inner.span(), message);
        return None;
    }
    let operands = operands
        .iter()
        .map(|operand| condition(operand, source, context))
        .collect::<Option<_>>()?;
    Some(match key.value {
        "all" => Condition::All(operands),
        _ => Condition::Any(operands),
    })
}

/// Reads a list of conditions as in QEMU 3.0 to 6.1. All of them must hold.
fn list(
    conditions: Array<'_>,
    value: Value<'_>,
    source: Arguments<'_>,
    context: &mut Context<'_>,
) -> Option<Condition> {
    let message = format!("'if' condition of {source} must be a string or an object");
    let fault = context.fault(value.span(), message);
    if conditions.is_empty() {
        context.findings.push(fault);
        return None;
    }
    let fault = fault.hint(Dialect::C_CONDITION.hint_to_write("{ 'all': [ … ] }"));
    context.findings.tolerate(fault);
    let operands: Vec<_> = conditions
        .iter()
        .map(|operand| condition(operand, source, context))
        .collect::<Option<_>>()?;
    match <[Condition; 1]>::try_from(operands) {
        Ok([only]) => Some(only),
        Err(operands) => Some(Condition::All(operands)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::schema;

    fn read(text: &str) -> Condition {
        let schema = schema(&format!("{{ 'command': 'c', 'if': {text} }}"));
        let command = schema.get(schema.find("c").unwrap());
        command.condition.clone().expect("a condition")
    }

    #[test]
    fn a_condition_is_displayed_as_written() {
        for text in [
            "'A'",
            "{ 'all': [ 'A', 'B_2' ] }",
            "{ 'any': [ 'A' ] }",
            "{ 'not': { 'any': [ { 'all': [ 'A', 'B' ] }, { 'not': 'C' } ] } }",
        ] {
            assert_eq!(spelling(&read(text)), text);
        }
    }
}
