//! Reads the keys of each kind of definition.

use super::context::Context;
use super::members::{self, BranchRules};
use crate::ast::{Data, Flags, Kind, Name};
use crate::dialect::Dialect;
use crate::syntax::{Node, Object, Value};

/// Reads a definition of kind `meta`. `None` if it has errors, which have been reported.
pub(super) fn read<'a>(
    object: Object<'a>,
    meta: &'static str,
    name: Name<'a>,
    context: &mut Context<'_>,
) -> Option<Kind<'a>> {
    let excepted = context.pragmas.member_name_exceptions.contains(name.value);
    match meta {
        "enum" => enumeration(object, excepted, context),
        "struct" | "type" => structure(object, meta, excepted, context),
        "union" => union(object, excepted, context),
        "alternate" => alternate(object, context),
        "command" => command(object, context),
        _ => event(object, context),
    }
}

/// Checks the keys. `required` begins with the key of the kind.
fn keys(
    object: Object<'_>,
    required: &[&'static str],
    optional: &[&'static str],
    context: &mut Context<'_>,
) {
    let meta = required[0];
    let at = object.get(meta).map_or(context.definition, Value::span);
    context.keys(object, at, format_args!("{meta}"), required, optional);
}

fn enumeration<'a>(
    object: Object<'a>,
    excepted: bool,
    context: &mut Context<'_>,
) -> Option<Kind<'a>> {
    keys(
        object,
        &["enum", "data"],
        &["if", "features", "prefix"],
        context,
    );
    let prefix = object.get("prefix");
    if let Some(prefix) = prefix.filter(|prefix| prefix.as_str().is_none()) {
        context.error(prefix.span(), "'prefix' must be a string");
    }
    Some(Kind::Enum {
        values: members::values(object.get("data")?, excepted, context)?,
        prefix: prefix.and_then(Value::as_str),
    })
}

fn structure<'a>(
    object: Object<'a>,
    meta: &'static str,
    excepted: bool,
    context: &mut Context<'_>,
) -> Option<Kind<'a>> {
    keys(
        object,
        &[meta, "data"],
        &["base", "if", "features"],
        context,
    );
    let members = object
        .get("data")
        .and_then(|data| members::members(data, format_args!("'data'"), excepted, context));
    let base = object
        .get("base")
        .and_then(|base| members::type_name(base, format_args!("'base'"), context));
    Some(Kind::Struct {
        base: base.filter(|base| !base.value.is_empty()),
        members: members?,
    })
}

fn union<'a>(object: Object<'a>, excepted: bool, context: &mut Context<'_>) -> Option<Kind<'a>> {
    let discriminator = object.get("discriminator");
    if discriminator
        .and_then(Value::as_object)
        .is_some_and(Object::is_empty)
    {
        return old_alternate(object, context);
    }
    let base = object.get("base");
    if discriminator.is_none() && base.is_none_or(|base| base.as_str().is_some()) {
        return simple_union(object, context);
    }
    keys(
        object,
        &["union", "base", "discriminator", "data"],
        &["if", "features"],
        context,
    );
    let base = object
        .get("base")
        .and_then(|base| members::data(base, format_args!("'base'"), excepted, context));
    if let Some(value) = discriminator.filter(|value| value.as_str().is_none()) {
        context.error(value.span(), "'discriminator' requires a string name");
    }
    let rules = BranchRules {
        check_names: false,
        allow_array: false,
    };
    let branches = object
        .get("data")
        .and_then(|data| members::branches(data, rules, context));
    Some(Kind::Union {
        base: base?,
        discriminator: discriminator?.as_name()?,
        branches: branches?,
    })
}

/// Reports an old form of union: by its name in lenient mode, with QEMU's own messages in strict mode.
fn old_union(object: Object<'_>, message: &str, dialect: &Dialect, context: &mut Context<'_>) {
    let hint = || dialect.hint();
    if !context.findings.is_strict() {
        let at = object.key_span("union").unwrap_or(context.definition);
        let fault = context.fault(at, message);
        return context.findings.tolerate(fault.hint(hint()));
    }
    let at = object.get("union").map_or(context.definition, Value::span);
    for key in ["base", "discriminator"] {
        if object.get(key).is_none() {
            let fault = context.fault(at, format!("union misses key '{key}'"));
            context.findings.tolerate(fault.hint(hint()));
        }
    }
    if let Some(value) = object.get("discriminator") {
        let message = "'discriminator' requires a string name";
        let fault = context.fault(value.span(), message);
        context.findings.tolerate(fault.hint(hint()));
    }
}

/// Reads an alternate of QEMU up to 2.3: a union with an empty discriminator.
fn old_alternate<'a>(object: Object<'a>, context: &mut Context<'_>) -> Option<Kind<'a>> {
    let message = "alternate with the old keyword 'union'";
    old_union(object, message, &Dialect::UNION_AS_ALTERNATE, context);
    keys(
        object,
        &["union", "discriminator", "data"],
        &["if", "features"],
        context,
    );
    alternatives(object, context)
}

/// Reads a union without a discriminator, as in QEMU up to 6.1. Up to 2.3 it may have a base.
fn simple_union<'a>(object: Object<'a>, context: &mut Context<'_>) -> Option<Kind<'a>> {
    let base = object.get("base").and_then(Value::as_name);
    match base {
        Some(_) => {
            let message = "simple union with a base";
            old_union(object, message, &Dialect::SIMPLE_UNION_WITH_BASE, context);
        }
        None => old_union(object, "simple union", &Dialect::SIMPLE_UNION, context),
    }
    keys(
        object,
        &["union", "data"],
        &["base", "if", "features"],
        context,
    );
    let rules = BranchRules {
        check_names: true,
        allow_array: true,
    };
    Some(Kind::SimpleUnion {
        base: base.filter(|base| !base.value.is_empty()),
        branches: members::branches(object.get("data")?, rules, context)?,
    })
}

fn alternate<'a>(object: Object<'a>, context: &mut Context<'_>) -> Option<Kind<'a>> {
    keys(object, &["alternate", "data"], &["if", "features"], context);
    alternatives(object, context)
}

fn alternatives<'a>(object: Object<'a>, context: &mut Context<'_>) -> Option<Kind<'a>> {
    let data = object.get("data")?;
    let is_empty = match data.node() {
        Node::Object(object) => object.is_empty(),
        Node::Array(elements) => elements.is_empty(),
        Node::String(text) => text.is_empty(),
        Node::Bool(on) => !on,
    };
    if is_empty {
        let fault = context.fault(data.span(), "'data' must not be empty");
        if data.as_object().is_none() {
            context.findings.push(fault);
            return None;
        }
        let hint = Dialect::EMPTY_ALTERNATE.hint();
        context.findings.tolerate(fault.hint(hint));
    }
    let rules = BranchRules {
        check_names: true,
        allow_array: true,
    };
    Some(Kind::Alternate {
        alternatives: members::branches(data, rules, context)?,
    })
}

fn command<'a>(object: Object<'a>, context: &mut Context<'_>) -> Option<Kind<'a>> {
    keys(
        object,
        &["command"],
        &[
            "data",
            "returns",
            "boxed",
            "if",
            "features",
            "gen",
            "success-response",
            "allow-oob",
            "allow-preconfig",
            "coroutine",
        ],
        context,
    );
    let data = arguments(object, context);
    let returns = object
        .get("returns")
        .and_then(|returns| {
            members::type_name_or_array(returns, format_args!("'returns'"), context)
        })
        .filter(|returns| returns.is_array || !returns.name.value.is_empty());
    let flags = Flags {
        boxed: flag(object, "boxed", true, context),
        no_gen: flag(object, "gen", false, context),
        no_success_response: flag(object, "success-response", false, context),
        allow_oob: flag(object, "allow-oob", true, context),
        allow_preconfig: flag(object, "allow-preconfig", true, context),
        coroutine: flag(object, "coroutine", true, context),
    };
    if let (true, Some(key)) = (flags.allow_oob, object.key_span("coroutine")) {
        context.error(key, "flags 'allow-oob' and 'coroutine' are incompatible");
    }
    Some(Kind::Command {
        data,
        returns,
        flags,
    })
}

fn event<'a>(object: Object<'a>, context: &mut Context<'_>) -> Option<Kind<'a>> {
    keys(
        object,
        &["event"],
        &["data", "boxed", "if", "features"],
        context,
    );
    Some(Kind::Event {
        data: arguments(object, context),
        boxed: flag(object, "boxed", true, context),
    })
}

/// The `data` of a command or an event. An empty type name means no type, as for `base` and `returns`.
fn arguments<'a>(object: Object<'a>, context: &mut Context<'_>) -> Option<Data<'a>> {
    let data = object.get("data");
    let arguments = match object.get("boxed") {
        Some(boxed) if is_true(boxed) => match data {
            Some(data) => members::type_name(data, format_args!("'data'"), context).map(Data::Type),
            None => {
                context.error(boxed.span(), "'boxed': true requires 'data'");
                None
            }
        },
        _ => members::data(data?, format_args!("'data'"), false, context),
    };
    arguments.filter(|data| !matches!(data, Data::Type(name) if name.value.is_empty()))
}

fn is_true(value: Value<'_>) -> bool {
    matches!(value.node(), Node::Bool(true))
}

/// Whether a flag is set. `value` is its only valid value.
fn flag(object: Object<'_>, key: &str, value: bool, context: &mut Context<'_>) -> bool {
    let Some(given) = object.get(key) else {
        return false;
    };
    let old_no = !value && given.as_str() == Some("no");
    if matches!(given.node(), Node::Bool(given) if given == value) {
        return true;
    }
    let message = format!("flag '{key}' may only use {value} value");
    let fault = context.fault(given.span(), message);
    if old_no {
        // Up to QEMU 2.2, and in some places of 2.3, it is a string.
        context.findings.tolerate(
            fault.hint(Dialect::FLAG_AS_STRING.hint_to_write(format_args!("'{key}': false"))),
        );
        return true;
    }
    context
        .findings
        .push(fault.hint("omit the flag where it does not apply"));
    false
}

#[cfg(test)]
mod tests {
    use crate::testing::schema;
    use crate::{Command, Kind};

    #[test]
    fn flags_have_defaults() {
        let schema = schema(
            "{ 'command': 'plain' }\n\
             { 'command': 'odd', 'gen': false, 'success-response': false, 'allow-oob': true,\n\
             'allow-preconfig': true, 'boxed': true, 'data': 'Ab' }\n\
             { 'command': 'lazy', 'coroutine': true }\n{ 'struct': 'Ab', 'data': {} }",
        );
        let flags = |name| match &schema.get(schema.find(name).unwrap()).kind {
            Kind::Command(Command {
                gen_code,
                success_response,
                allow_oob,
                allow_preconfig,
                boxed,
                coroutine,
                ..
            }) => [
                gen_code,
                success_response,
                allow_oob,
                allow_preconfig,
                boxed,
                coroutine,
            ]
            .map(|&flag| flag),
            other => panic!("{other:?}"),
        };
        assert_eq!(flags("plain"), [true, true, false, false, false, false]);
        assert_eq!(flags("odd"), [false, false, true, true, true, false]);
        assert_eq!(flags("lazy"), [true, true, false, false, false, true]);
    }

    #[test]
    fn an_enum_may_have_a_prefix_and_no_values() {
        let schema = schema("{ 'enum': 'Ab', 'prefix': 'XY', 'data': [] }");
        let Kind::Enum(ab) = &schema.get(schema.find("Ab").unwrap()).kind else {
            panic!("an enum")
        };
        assert_eq!((ab.values.len(), ab.prefix.as_deref()), (0, Some("XY")));
    }
}
