//! The schema of most tests, and what the tests look for in generated code.

use qapi_codegen::{Builder, Error};

use crate::fixture::Fixture;

pub(crate) const SCHEMA: &str = "
{ 'enum': 'Kind', 'data': [ 'plain', { 'name': 'fancy', 'if': 'CONFIG_FANCY' } ] }
{ 'struct': 'Plain', 'data': { 'a': 'int', 'b': { 'type': 'str', 'if': 'CONFIG_B' },
                               '*c': { 'type': 'Deep', 'if': { 'not': 'CONFIG_B' } } } }
{ 'struct': 'Deep', 'data': { 'deeper': [ 'Deeper' ] } }
{ 'struct': 'Deeper', 'data': { '*kind': 'Kind' } }
{ 'struct': 'Fancy', 'data': { 'ribbon': 'Ribbon' }, 'if': 'CONFIG_FANCY' }
{ 'enum': 'Ribbon', 'data': [ 'red' ], 'if': 'CONFIG_FANCY' }
{ 'struct': 'Alone', 'data': { 'number': 'number' } }
{ 'union': 'Union', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',
  'data': { 'plain': 'Plain', 'fancy': { 'type': 'Fancy', 'if': 'CONFIG_FANCY' } } }
{ 'alternate': 'Either', 'data': { 's': 'str', 'f': { 'type': 'Fancy', 'if': 'CONFIG_FANCY' } } }
{ 'command': 'get-union', 'data': { 'either': 'Either' }, 'returns': 'Union' }
{ 'command': 'get-fancy', 'returns': [ 'Fancy' ], 'if': { 'all': [ 'CONFIG_FANCY', 'CONFIG_B' ] } }
{ 'command': 'do-nothing' }
{ 'event': 'HAPPENED', 'data': { 'how': 'Kind', 'deep': 'Deep' } }
{ 'event': 'FANCY_HAPPENED', 'if': 'CONFIG_FANCY' }
";

/// A builder for a schema in a file of its own.
pub(crate) fn builder(name: &str, schema: &str) -> Builder {
    let fixture = Fixture::new(&format!("options-{name}"));
    fixture.write("schema.json", schema);
    Builder::new(fixture.path("schema.json"))
}

#[track_caller]
pub(crate) fn generated(builder: &Builder) -> String {
    match builder.generate() {
        Ok(bindings) => bindings.to_string(),
        Err(error) => panic!("{error}"),
    }
}

/// The error message of the builder, without a location in the schema.
#[track_caller]
pub(crate) fn refused(builder: &Builder) -> String {
    match builder.generate() {
        Err(Error::Schema(error)) => panic!("the schema is good: {error}"),
        Err(error) => {
            let error = error.to_string();
            let line = error.lines().next().unwrap_or_default();
            let message = line
                .split_once("error: ")
                .map_or(line, |(_, message)| message);
            let help = error
                .split_once("= help: ")
                .map(|(_, help)| help.trim_end());
            match help {
                Some(help) => format!("{message}: {help}"),
                None => message.to_owned(),
            }
        }
        Ok(_) => panic!("it is no error"),
    }
}

/// Whether generated code has this declaration of an item or a variant; the rest of the line does not matter.
pub(crate) fn declares(code: &str, declaration: &str) -> bool {
    let declared = code
        .lines()
        .filter_map(|line| line.trim().strip_prefix(declaration));
    declared
        .filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        .count()
        > 0
}

/// An item of generated code, up to its closing brace.
#[track_caller]
pub(crate) fn item<'a>(code: &'a str, declaration: &str) -> &'a str {
    let start = code
        .find(declaration)
        .unwrap_or_else(|| panic!("no {declaration}"));
    let end = code[start..].find("\n}").expect("it ends");
    &code[start..start + end]
}
