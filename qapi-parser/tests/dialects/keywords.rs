//! Old values of keywords and names of pragmas.

use qapi_parser::Kind;

use crate::shown::{accepted, refused, show};

#[test]
fn flags_are_strings() {
    let text = "{ 'command': 'eject', 'gen': 'no', 'success-response': 'no' }";
    let schema = accepted(
        text,
        &[
            "schema.json:1: flag 'gen' may only use false value",
            "schema.json:1: flag 'success-response' may only use false value",
        ],
    );
    let Kind::Command(eject) = &schema.get(schema.find("eject").unwrap()).kind else {
        panic!("a command")
    };
    assert!(!eject.gen_code && !eject.success_response);
    refused(text, "schema.json:1: flag 'gen' may only use false value");
}

#[test]
fn pragmas_have_other_names() {
    let text = "
{ 'pragma': { 'returns-whitelist': [ 'query-size' ] } }
{ 'pragma': { 'name-case-whitelist': [ 'Disk' ] } }
{ 'command': 'query-size', 'returns': 'int' }
{ 'struct': 'Disk', 'data': { 'Max_Size': 'int' } }
";
    let schema = accepted(
        text,
        &[
            "schema.json:2: unknown pragma 'returns-whitelist'",
            "schema.json:3: unknown pragma 'name-case-whitelist'",
        ],
    );
    assert_eq!(show(&schema, "Disk"), "{ Max_Size: int }");
    refused(text, "schema.json:2: unknown pragma 'returns-whitelist'");
}
