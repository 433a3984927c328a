//! Programs for the old schema in the example of each rule.

/// Whether a program compiles with the types of the new schema.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outcome {
    Compiles,
    Fails,
}

/// The rule, the outcome, and the program. It may use all items of the generated code.
pub(crate) const PROGRAMS: &[(&str, Outcome, &str)] = &[
    (
        "command-added",
        Compiles,
        "pub fn f() { commands::Stop::new(); }",
    ),
    (
        "command-removed",
        Fails,
        "pub fn f() { commands::Go::new(); }",
    ),
    (
        "event-added",
        Compiles,
        "pub fn f(it: Event) -> bool { match it { Event::Stop(_) => true, _ => false } }",
    ),
    (
        "event-removed",
        Fails,
        "pub fn f(it: Event) -> bool { matches!(it, Event::Go(_)) }",
    ),
    (
        "member-added",
        Compiles,
        "pub fn f() -> [commands::Go; 2] { [commands::Go::new(), Default::default()] }",
    ),
    (
        "member-removed",
        Fails,
        "pub fn f() { commands::Go::new().with_now(true); }",
    ),
    (
        "member-removed",
        Fails,
        "pub fn f(it: commands::Go) -> Option<bool> { it.now }",
    ),
    (
        "required-member-added",
        Compiles,
        "pub fn f(it: &commands::Go) -> String { let commands::Go { .. } = it; format!(\"{it:?}\") }",
    ),
    (
        "required-member-added",
        Fails,
        "pub fn f() { commands::Go::new(); }",
    ),
    (
        "required-member-removed",
        Fails,
        "pub fn f() { commands::Go::new(true); }",
    ),
    (
        "required-member-removed",
        Fails,
        "pub fn f(it: &commands::Go) -> bool { it.now }",
    ),
    (
        "member-now-optional",
        Fails,
        "pub fn f(it: &It) -> bool { it.now }",
    ),
    (
        "member-now-optional",
        Fails,
        "pub fn f() { It::new(true); }",
    ),
    (
        "member-now-required",
        Fails,
        "pub fn f(it: &It) -> Option<bool> { it.now }",
    ),
    ("member-now-required", Fails, "pub fn f() { It::new(); }"),
    (
        "value-added",
        Compiles,
        "pub fn f(it: Pace) -> bool { match it { Pace::Slow => true, _ => false } }",
    ),
    ("value-removed", Fails, "pub fn f() -> Pace { Pace::Fast }"),
    (
        "branch-added",
        Compiles,
        "pub fn f(it: It) -> String { match it.branch { ItBranch::Disk(it) => it.path, _ => String::new() } }",
    ),
    (
        "branch-removed",
        Fails,
        "pub fn f(it: It) -> bool { matches!(it.branch, ItBranch::None { .. }) }",
    ),
    (
        "alternative-added",
        Compiles,
        "pub fn f(it: It) -> String { match it { It::Name(it) => it, _ => String::new() } }",
    ),
    (
        "alternative-removed",
        Fails,
        "pub fn f() -> It { It::Number(1) }",
    ),
    (
        "now-alternate",
        Compiles,
        "pub fn f() { commands::Go::new(true); }",
    ),
    (
        "now-alternate",
        Fails,
        "pub fn f(it: commands::Go) -> bool { it.it }",
    ),
    (
        "no-longer-alternate",
        Compiles,
        "pub fn f() { commands::Go::new(true); }",
    ),
    (
        "no-longer-alternate",
        Fails,
        "pub fn f(it: commands::Go) -> bool { matches!(it.it, It::Flag(true)) }",
    ),
    (
        "integer-widened",
        Fails,
        "pub fn f(it: commands::Go) -> u8 { it.it }",
    ),
    (
        "integer-narrowed",
        Fails,
        "pub fn f(it: commands::Go) -> u32 { it.it }",
    ),
    (
        "integer-sign-changed",
        Fails,
        "pub fn f(it: commands::Go) -> i64 { it.it }",
    ),
    (
        "integer-now-number",
        Fails,
        "pub fn f(it: commands::Go) -> i64 { it.it }",
    ),
    (
        "number-now-integer",
        Fails,
        "pub fn f(it: commands::Go) -> f64 { it.it }",
    ),
    (
        "string-now-enum",
        Fails,
        "pub fn f(it: commands::Go) -> String { it.it }",
    ),
    (
        "enum-now-string",
        Fails,
        "pub fn f(it: commands::Go) -> bool { it.it == Pace::Slow }",
    ),
    (
        "now-any",
        Fails,
        "pub fn f(it: commands::Go) -> String { it.it }",
    ),
    (
        "no-longer-any",
        Fails,
        "pub fn f(it: commands::Go) -> serde_json::Value { it.it }",
    ),
    (
        "type-changed",
        Fails,
        "pub fn f(it: commands::Go) -> String { it.it }",
    ),
    (
        "discriminator-changed",
        Fails,
        "pub fn f(it: &It) -> (Kind, &Kind) { (it.kind(), &it.sort) }",
    ),
    (
        "now-conditional",
        Compiles,
        "pub fn f() { commands::Go::new(); }",
    ),
    (
        "no-longer-conditional",
        Compiles,
        "pub fn f() { commands::Go::new(); }",
    ),
    (
        "member-now-conditional",
        Fails,
        "pub fn f(it: &It) -> bool { it.now }",
    ),
    (
        "member-no-longer-conditional",
        Fails,
        "pub fn f(it: &It) -> Option<bool> { it.now }",
    ),
    (
        "condition-changed",
        Compiles,
        "pub fn f() { commands::Go::new(); }",
    ),
    (
        "deprecated",
        Compiles,
        "pub fn f() { commands::Go::new(); }",
    ),
    (
        "no-longer-deprecated",
        Compiles,
        "pub fn f() { commands::Go::new(); }",
    ),
    (
        "member-now-hideable",
        Fails,
        "pub fn f(it: &It) -> bool { it.now }",
    ),
    (
        "member-no-longer-hideable",
        Fails,
        "pub fn f(it: &It) -> Option<bool> { it.now }",
    ),
    ("unstable", Compiles, "pub fn f() { commands::Go::new(); }"),
    (
        "no-longer-unstable",
        Compiles,
        "pub fn f() { commands::Go::new(); }",
    ),
    (
        "feature-added",
        Compiles,
        "pub fn f() { commands::Go::new(); }",
    ),
    (
        "feature-removed",
        Compiles,
        "pub fn f() { commands::Go::new(); }",
    ),
    ("oob-added", Compiles, OOB),
    ("oob-removed", Compiles, OOB),
    ("success-response-added", Compiles, SUCCESS),
    ("success-response-removed", Compiles, SUCCESS),
    (
        "arguments-now-open",
        Compiles,
        "pub fn f() -> String { commands::Go::new(\"a\").a }",
    ),
    (
        "arguments-now-open",
        Fails,
        "pub fn f() -> commands::Go { Options::new(\"a\").into() }",
    ),
    (
        "arguments-now-closed",
        Fails,
        "pub fn f() { commands::Go::new(\"a\").with_rest(\"b\", 1); }",
    ),
    ("type-renamed", Fails, "pub fn f(_: It) {}"),
    (
        "type-added",
        Compiles,
        "pub fn f() { commands::Go::new(); }",
    ),
    ("type-removed", Fails, "pub fn f(_: It) {}"),
    ("now-union", Fails, "pub fn f(it: It) -> Kind { it.kind }"),
    (
        "no-longer-union",
        Fails,
        "pub fn f(it: It) -> (Kind, ItBranch) { (it.kind(), it.branch) }",
    ),
    (
        "branch-now-with-members",
        Fails,
        "pub fn f(it: It) -> bool { matches!(it.branch, ItBranch::None) }",
    ),
    (
        "branch-now-with-members",
        Compiles,
        "pub fn f(it: It) -> bool { matches!(it.branch, ItBranch::None { .. }) }",
    ),
    (
        "branch-without-members",
        Fails,
        "pub fn f(it: It) -> bool { matches!(it.branch, ItBranch::None(_)) }",
    ),
    (
        "branch-now-wrapped",
        Fails,
        "pub fn f(it: It) -> Option<Disk> { match it.branch { ItBranch::Disk(it) => Some(it), _ => None } }",
    ),
    (
        "branch-no-longer-wrapped",
        Fails,
        "pub fn f(it: It) -> Option<Disk> { match it.branch { ItBranch::Disk(it) => Some(it.data), _ => None } }",
    ),
    (
        "member-moved-to-branches",
        Fails,
        "pub fn f(it: It) -> String { it.path }",
    ),
    (
        "member-moved-to-branches",
        Fails,
        "pub fn f() -> It { It::new(\"a\", ItBranch::Disk(Disk::new())) }",
    ),
    (
        "member-moved-to-base",
        Fails,
        "pub fn f(it: Disk) -> String { it.path }",
    ),
    (
        "member-moved-to-base",
        Fails,
        "pub fn f() -> It { It::new(ItBranch::Disk(Disk::new(\"a\"))) }",
    ),
    (
        "arguments-of-new-reordered",
        Fails,
        "pub fn f() { commands::Go::new(1, \"a\"); }",
    ),
    (
        "return-added",
        Fails,
        "pub fn f(it: <commands::Go as Command>::Return) -> Empty { it }",
    ),
    (
        "return-removed",
        Fails,
        "pub fn f(it: <commands::Go as Command>::Return) -> It { it }",
    ),
    (
        "now-recursive",
        Compiles,
        "pub fn f() -> It { It::new().with_inner(Inner::new()) }",
    ),
    (
        "now-recursive",
        Fails,
        "pub fn f(it: It) -> Option<Inner> { it.inner }",
    ),
    (
        "no-longer-recursive",
        Compiles,
        "pub fn f() -> It { It::new().with_inner(Inner::new()) }",
    ),
    (
        "no-longer-recursive",
        Fails,
        "pub fn f(it: It) -> Option<Box<Inner>> { it.inner }",
    ),
    (
        "name-now-ambiguous",
        Compiles,
        "pub fn f(it: &It) -> String { format!(\"{it:?}\") }",
    ),
    (
        "name-now-ambiguous",
        Fails,
        "pub fn f(it: It) -> Option<String> { it.pc }",
    ),
    (
        "name-no-longer-ambiguous",
        Compiles,
        "pub fn f(it: &It) -> String { format!(\"{it:?}\") }",
    ),
    (
        "name-no-longer-ambiguous",
        Fails,
        "pub fn f(it: It) -> Option<String> { it.pc_ }",
    ),
    (
        "conversion-removed",
        Fails,
        "pub fn f() -> commands::Go { commands::Go::new(\"a\") }",
    ),
    (
        "conversion-removed",
        Compiles,
        "pub fn f() -> commands::Go { commands::Go::new(It::new(\"a\")) }",
    ),
    (
        "conversion-added",
        Compiles,
        "pub fn f() -> commands::Go { commands::Go::new(It::new(\"a\")) }",
    ),
];

const OOB: &str = "pub fn f() -> bool { <commands::Go as Command>::ALLOW_OOB }";
const SUCCESS: &str = "pub fn f() -> bool { <commands::Go as Command>::SUCCESS_RESPONSE }";

use Outcome::{Compiles, Fails};
