//! Tests of the runtime of generated files, with types like those that the generator writes.

use std::cmp::Ordering;
use std::fmt::Debug;

use serde::de::{DeserializeOwned, MapAccess};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::support;

// Types of each kind.

#[derive(Clone, Debug, PartialEq)]
struct Size {
    width: u64,
    height: i8,
    note: Option<String>,
}

support::object! {
    Size as "Size" {
        Need width = "width",
        Need height = "height",
        May note = "note",
    }
}

/// A list of objects, of which one can hold another.
#[derive(Clone, Debug, PartialEq)]
struct Album {
    sizes: Vec<Size>,
    next: Option<Box<Album>>,
}

support::object! {
    Album as "Album" {
        NeedList sizes = "sizes",
        May next = "next",
    }
}

/// Keeps unknown members.
#[derive(Clone, Debug, PartialEq)]
struct Open {
    driver: String,
    rest: Map<String, Value>,
}

support::object! {
    Open as "Open" {
        Need driver = "driver",
    } and rest
}

#[derive(Clone, Debug)]
enum Kind {
    Plain,
    Sized,
    Nested,
    Wrapped,
    Foreign,
    Unknown(String),
}

impl Kind {
    const VALUES: &'static [Self] = &[
        Self::Plain,
        Self::Sized,
        Self::Nested,
        Self::Wrapped,
        Self::Foreign,
    ];

    fn as_str(&self) -> &str {
        match self {
            Self::Plain => "plain",
            Self::Sized => "sized",
            Self::Nested => "nested",
            Self::Wrapped => "wrapped",
            Self::Foreign => "foreign",
            Self::Unknown(text) => text,
        }
    }
}

/// A union whose base has two members, one of them optional, in addition to the discriminator.
#[derive(Clone, Debug, PartialEq)]
struct Item {
    id: String,
    hint: Option<i64>,
    branch: ItemBranch,
}

#[derive(Clone, Debug, PartialEq)]
enum ItemBranch {
    Plain,
    Sized(Size),
    Nested(Box<Inner>),
    Wrapped(bool),
    Foreign(Map<String, Value>),
    Unknown(String, Map<String, Value>),
}

support::object! {
    Item as "Item" {
        Need id = "id",
        May hint = "hint",
    } by "kind" branch
}

impl support::Branches for ItemBranch {
    type Tag = Kind;

    fn tag(&self) -> Kind {
        match self {
            Self::Plain => Kind::Plain,
            Self::Sized(_) => Kind::Sized,
            Self::Nested(_) => Kind::Nested,
            Self::Wrapped(_) => Kind::Wrapped,
            Self::Foreign(_) => Kind::Foreign,
            Self::Unknown(name, _) => Kind::Unknown(name.clone()),
        }
    }

    fn read<'de, A: MapAccess<'de>>(tag: Kind, members: A) -> Result<Self, A::Error> {
        match tag {
            Kind::Plain => Ok(Self::Plain),
            Kind::Sized => support::from_members(members).map(Self::Sized),
            Kind::Nested => support::from_members(members).map(Self::Nested),
            Kind::Wrapped => support::read_members(members, &["data"])
                .map(|(support::Need(it),)| Self::Wrapped(it)),
            Kind::Foreign => support::from_members(members).map(Self::Foreign),
            Kind::Unknown(name) => {
                support::read_all(members).map(|members| Self::Unknown(name, members))
            }
        }
    }

    fn write<W: serde::ser::SerializeMap>(
        &self,
        map: &mut W,
        names: &[&'static str],
    ) -> Result<(), W::Error> {
        match self {
            Self::Plain => Ok(()),
            Self::Sized(it) => it.serialize(support::Flat(map)),
            Self::Nested(it) => it.serialize(support::Flat(map)),
            Self::Wrapped(it) => map.serialize_entry("data", it),
            Self::Foreign(it) => it.serialize(support::Flat(map)),
            Self::Unknown(_, members) => support::write_unknown(map, members, names),
        }
    }
}

/// A union that is a branch of another.
#[derive(Clone, Debug, PartialEq)]
struct Inner {
    level: u8,
    branch: InnerBranch,
}

#[derive(Clone, Debug, PartialEq)]
enum InnerBranch {
    Plain,
    Sized(Size),
    Unknown(String, Map<String, Value>),
}

support::object! {
    Inner as "Inner" {
        Need level = "level",
    } by "inner" branch
}

impl support::Branches for InnerBranch {
    type Tag = Kind;

    fn tag(&self) -> Kind {
        match self {
            Self::Plain => Kind::Plain,
            Self::Sized(_) => Kind::Sized,
            Self::Unknown(name, _) => Kind::Unknown(name.clone()),
        }
    }

    fn read<'de, A: MapAccess<'de>>(tag: Kind, members: A) -> Result<Self, A::Error> {
        match tag {
            Kind::Plain => Ok(Self::Plain),
            Kind::Sized => support::from_members(members).map(Self::Sized),
            tag => support::read_all(members)
                .map(|members| Self::Unknown(tag.as_str().to_owned(), members)),
        }
    }

    fn write<W: serde::ser::SerializeMap>(
        &self,
        map: &mut W,
        names: &[&'static str],
    ) -> Result<(), W::Error> {
        match self {
            Self::Plain => Ok(()),
            Self::Sized(it) => it.serialize(support::Flat(map)),
            Self::Unknown(_, members) => support::write_unknown(map, members, names),
        }
    }
}

/// An alternative for each JSON type.
#[derive(Clone, Debug, PartialEq)]
enum All {
    Null,
    Boolean(bool),
    Number(i64),
    Text(Kind),
    List(Vec<Size>),
    Object(Box<Size>),
    Unknown(Value),
}

impl support::Alternate for All {
    const NAME: &'static str = "All";

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }

    fn null<E: serde::de::Error>() -> Result<Self, E> {
        Ok(Self::Null)
    }

    fn boolean<E: serde::de::Error>(value: bool) -> Result<Self, E> {
        Ok(Self::Boolean(value))
    }

    fn number<'de, D: Deserializer<'de>>(number: D) -> Result<Self, D::Error> {
        Deserialize::deserialize(number).map(Self::Number)
    }

    fn string<E: serde::de::Error>(text: &str) -> Result<Self, E> {
        support::read_text(text).map(Self::Text)
    }

    fn list<'de, D: Deserializer<'de>>(list: D) -> Result<Self, D::Error> {
        support::read_list(list).map(Self::List)
    }

    fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error> {
        support::from_members(members).map(Self::Object)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(it) => it.serialize(serializer),
            Self::Number(it) => it.serialize(serializer),
            Self::Text(it) => it.serialize(serializer),
            Self::List(it) => it.serialize(serializer),
            Self::Object(it) => it.serialize(serializer),
            Self::Unknown(it) => it.serialize(serializer),
        }
    }
}

/// An alternate with only a string of an external type.
#[derive(Clone, Debug, PartialEq)]
enum Foreign {
    Char(char),
    Unknown(Value),
}

impl support::Alternate for Foreign {
    const NAME: &'static str = "Foreign";

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }

    fn string<E: serde::de::Error>(text: &str) -> Result<Self, E> {
        support::read_text(text).map(Self::Char)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Char(it) => it.serialize(serializer),
            Self::Unknown(it) => it.serialize(serializer),
        }
    }
}

#[derive(Debug, PartialEq)]
struct ParseEnumError {
    value: String,
    enumeration: &'static str,
    nearest: Option<&'static str>,
}

support::enumeration! { Kind as "Kind" ordered }
support::alternate! { All }
support::alternate! { Foreign }

// Reading with each of serde_json's deserializers.

/// Reads the value from text, from a stream, and from a value in memory, which must agree.
fn read<T: DeserializeOwned + PartialEq + Debug>(text: &str) -> Result<T, String> {
    let of_text: Result<T, _> = serde_json::from_str(text);
    let of_stream: Result<T, _> = serde_json::from_reader(text.as_bytes());
    let value: Value = serde_json::from_str(text).expect("JSON");
    let of_value: Result<T, _> = serde_json::from_value(value.clone());
    let of_borrowed = T::deserialize(&value);
    match of_text {
        Ok(it) => {
            assert_eq!(of_stream.expect("the stream has it too"), it);
            // A `serde_json::Value` may have its members in another order.
            assert_eq!(of_value.expect("the value has it too"), it);
            assert_eq!(of_borrowed.expect("so does one that is borrowed"), it);
            Ok(it)
        }
        Err(error) => {
            assert!(of_stream.is_err() && of_value.is_err() && of_borrowed.is_err());
            Err(error.to_string())
        }
    }
}

fn error<T: DeserializeOwned + PartialEq + Debug>(text: &str) -> String {
    match read::<T>(text) {
        Ok(it) => panic!("{text} is no error but {it:?}"),
        // The position in the text comes from serde_json.
        Err(error) => match error.split_once(" at line ") {
            Some((error, _)) => error.to_owned(),
            None => error,
        },
    }
}

fn assert_round_trip<T: DeserializeOwned + Serialize + PartialEq + Debug>(text: &str) {
    let it: T = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let value: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(serde_json::to_value(&it).expect("JSON"), value, "{text}");
}

fn size(width: u64, height: i8) -> Size {
    Size {
        width,
        height,
        note: None,
    }
}

// Objects.

#[test]
fn members_may_be_in_any_order_and_unknown_ones_are_ignored() {
    for text in [
        r#"{"width":1,"height":2}"#,
        r#"{"height":2,"width":1}"#,
        r#"{"new":{"width":[{}]},"height":2,"newer":null,"width":1,"newest":[1,{"a":"}"}]}"#,
        r#"{"w\u0069dth":1,"height":2}"#,
    ] {
        assert_eq!(read(text), Ok(size(1, 2)), "{text}");
    }
}

#[test]
fn an_optional_member_is_left_out() {
    assert_round_trip::<Size>(r#"{"width":1,"height":-128}"#);
    assert_round_trip::<Size>(r#"{"width":18446744073709551615,"height":127,"note":""}"#);
}

#[test]
fn errors_in_objects_have_a_reason() {
    for (text, expected) in [
        ("[]", "invalid type: sequence, expected an object (Size)"),
        ("null", "invalid type: null, expected an object (Size)"),
        ("{}", "width: missing"),
        (r#"{"width":1}"#, "height: missing"),
        (
            r#"{"width":-1,"height":0}"#,
            "width: invalid value: integer `-1`, expected u64",
        ),
        (
            r#"{"width":1,"height":128}"#,
            "height: invalid value: integer `128`, expected i8",
        ),
        (
            r#"{"width":1.5,"height":0}"#,
            "width: invalid type: floating point `1.5`, expected u64",
        ),
        (
            r#"{"width":1,"height":0,"note":null}"#,
            "note: invalid type: null, expected a string",
        ),
    ] {
        assert_eq!(error::<Size>(text), expected, "{text}");
    }
}

#[test]
fn errors_have_paths_through_lists_and_objects() {
    let good = r#"{"width":1,"height":2}"#;
    for (text, expected) in [
        (
            format!(r#"{{"sizes":[{good},{good},{{"width":1}}]}}"#),
            "sizes[2].height: missing",
        ),
        (
            format!(r#"{{"sizes":[{good},7]}}"#),
            "sizes[1]: invalid type: integer `7`, expected an object (Size)",
        ),
        (
            r#"{"sizes":{}}"#.to_owned(),
            "sizes: invalid type: map, expected an array",
        ),
        (
            format!(r#"{{"sizes":[{good}],"next":{{"sizes":[],"next":{{"sizes":[{{}}]}}}}}}"#),
            "next.next.sizes[0].width: missing",
        ),
        (
            r#"{"sizes":[],"next":{}}"#.to_owned(),
            "next.sizes: missing",
        ),
    ] {
        assert_eq!(error::<Album>(&text), expected, "{text}");
    }
}

#[test]
fn errors_have_their_position_in_the_text() {
    let error = serde_json::from_str::<Album>("{\"sizes\":[\n{\"width\":-1}]}").unwrap_err();
    assert_eq!((error.line(), error.column()), (2, 11), "{error}");
    assert!(error.to_string().starts_with("sizes[0].width: "), "{error}");
}

#[test]
fn text_that_ends_early_is_an_error_with_a_path() {
    for text in [r#"{"sizes":[{"width":1,"#, r#"{"sizes":[{"width":"#] {
        let error = serde_json::from_str::<Album>(text).unwrap_err().to_string();
        assert!(error.starts_with("sizes[0]"), "{error}");
    }
}

#[test]
fn the_depth_of_objects_has_a_limit() {
    let deep = r#"{"sizes":[],"next":"#.repeat(10_000);
    let error = serde_json::from_str::<Album>(&deep).unwrap_err();
    assert!(error.to_string().contains("recursion limit"), "{error}");
    let alternate = "[".repeat(10_000);
    assert!(serde_json::from_str::<Foreign>(&alternate).is_err());
}

#[test]
fn members_that_the_schema_lacks_are_kept_where_that_is_asked_for() {
    let text = r#"{"bus":"pci.0","driver":"nic","addr":4,"nested":{"driver":null}}"#;
    let open: Open = read(text).expect("good");
    assert_eq!(open.driver, "nic");
    assert_eq!(
        Value::from(open.rest.clone()),
        json!({"bus": "pci.0", "addr": 4, "nested": {"driver": null}})
    );
    assert_round_trip::<Open>(text);
    assert_eq!(error::<Open>(r#"{"bus":1}"#), "driver: missing");
    assert_eq!(
        error::<Open>(r#"{"driver":[]}"#),
        "driver: invalid type: sequence, expected a string"
    );
}

// Unions.

#[test]
fn the_discriminator_may_be_anywhere() {
    let members = [
        r#""kind":"sized""#,
        r#""id":"a""#,
        r#""hint":3"#,
        r#""width":1"#,
        r#""height":2"#,
        r#""new":[0]"#,
    ];
    let expected = Item {
        id: "a".into(),
        hint: Some(3),
        branch: ItemBranch::Sized(size(1, 2)),
    };
    for order in permutations(&members) {
        let text = format!("{{{}}}", order.join(","));
        assert_eq!(read(&text), Ok(expected.clone()), "{text}");
    }
}

#[test]
fn the_discriminator_of_a_nested_union_may_be_anywhere() {
    let members = [
        r#""kind":"nested""#,
        r#""id":"a""#,
        r#""inner":"sized""#,
        r#""level":9"#,
        r#""width":1"#,
        r#""height":2"#,
    ];
    let inner = Inner {
        level: 9,
        branch: InnerBranch::Sized(size(1, 2)),
    };
    let expected = Item {
        id: "a".into(),
        hint: None,
        branch: ItemBranch::Nested(Box::new(inner)),
    };
    for order in permutations(&members) {
        let text = format!("{{{}}}", order.join(","));
        assert_eq!(read(&text), Ok(expected.clone()), "{text}");
    }
}

#[test]
fn an_unknown_branch_keeps_its_members_and_no_others() {
    let members = [
        r#""kind":"new""#,
        r#""id":"a""#,
        r#""hint":3"#,
        r#""width":"not a number""#,
        r#""deep":{"kind":"plain"}"#,
    ];
    for order in permutations(&members) {
        let text = format!("{{{}}}", order.join(","));
        let item: Item = read(&text).expect("good");
        let ItemBranch::Unknown(name, kept) = &item.branch else {
            panic!("{item:?}");
        };
        assert_eq!((item.id.as_str(), item.hint), ("a", Some(3)));
        assert_eq!(name, "new");
        assert_eq!(
            Value::from(kept.clone()),
            json!({"width": "not a number", "deep": {"kind": "plain"}})
        );
        assert_round_trip::<Item>(&text);
    }
}

#[test]
fn an_unknown_branch_of_an_inner_union_keeps_its_members_and_no_others() {
    let members = [
        r#""kind":"nested""#,
        r#""id":"a""#,
        r#""inner":"new""#,
        r#""level":9"#,
        r#""more":true"#,
    ];
    for order in permutations(&members) {
        let text = format!("{{{}}}", order.join(","));
        let item: Item = read(&text).expect("good");
        let ItemBranch::Nested(inner) = &item.branch else {
            panic!("{item:?}");
        };
        let InnerBranch::Unknown(name, kept) = &inner.branch else {
            panic!("{item:?}");
        };
        assert_eq!(
            (name.as_str(), Value::from(kept.clone())),
            ("new", json!({"more": true}))
        );
        assert_round_trip::<Item>(&text);
    }
}

#[test]
fn every_kind_of_branch_is_written_as_it_is_read() {
    for text in [
        r#"{"id":"a","kind":"plain"}"#,
        r#"{"id":"a","hint":-1,"kind":"sized","width":1,"height":2,"note":"n"}"#,
        r#"{"id":"a","kind":"nested","inner":"plain","level":0}"#,
        r#"{"id":"a","kind":"wrapped","data":true}"#,
        r#"{"id":"a","kind":"foreign","any":[1],"thing":null}"#,
    ] {
        assert_round_trip::<Item>(text);
    }
}

#[test]
fn a_branch_that_is_no_object_cannot_be_written() {
    struct List(Vec<u8>);
    impl Serialize for List {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            self.0.serialize(support::Flat(&mut map))?;
            serde::ser::SerializeMap::end(map)
        }
    }
    let error = serde_json::to_string(&List(vec![1])).unwrap_err();
    assert_eq!(error.to_string(), "a branch of a union must be an object");
}

#[test]
fn a_branch_may_be_of_any_type_that_is_an_object() {
    struct Other;
    impl Serialize for Other {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            // Like serde's own derive.
            let mut fields = serializer.serialize_struct("Other", 1)?;
            serde::ser::SerializeStruct::serialize_field(&mut fields, "a", &1)?;
            serde::ser::SerializeStruct::end(fields)
        }
    }
    struct Union<T>(T);
    impl<T: Serialize> Serialize for Union<T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            self.0.serialize(support::Flat(&mut map))?;
            serde::ser::SerializeMap::end(map)
        }
    }
    assert_eq!(
        serde_json::to_value(Union(Some(Other))).ok(),
        Some(json!({ "a": 1 }))
    );
}

#[test]
fn long_tables_are_divided_into_groups() {
    #[derive(Debug, PartialEq)]
    struct Long {
        a: u8,
        b: Option<u8>,
        c: Option<u8>,
        d: Option<u8>,
        e: Vec<u8>,
    }
    support::object! {
        Long as "Long" {
            {
                {
                    Need a = "a",
                    May b = "b",
                }
                {
                    May c = "c",
                }
            }
            {
                {
                    May d = "d",
                    NeedList e = "e",
                }
            }
        }
    }
    assert_round_trip::<Long>(r#"{"a":1,"d":4,"e":[5]}"#);
    let it: Long = read(r#"{"e":[],"c":3,"new":[],"a":1}"#).expect("it fits");
    let expected = Long {
        a: 1,
        b: None,
        c: Some(3),
        d: None,
        e: vec![],
    };
    assert_eq!(it, expected);
    assert_eq!(
        error::<Long>(r#"{"a":1,"e":[1,"x"]}"#),
        "e[1]: invalid type: string \"x\", expected u8"
    );
    assert_eq!(error::<Long>(r#"{"a":1}"#), "e: missing");
}

#[test]
fn errors_in_unions_have_a_reason() {
    for (text, expected) in [
        ("{}", "kind: missing"),
        (r#"{"id":"a","width":1}"#, "kind: missing"),
        (r#"{"kind":"plain"}"#, "id: missing"),
        (
            r#"{"kind":7,"id":"a"}"#,
            "kind: invalid type: integer `7`, expected a string (Kind)",
        ),
        // The member of the branch, before or after the discriminator.
        (
            r#"{"width":"w","id":"a","kind":"sized","height":1}"#,
            "width: invalid type: string \"w\", expected u64",
        ),
        (
            r#"{"id":"a","kind":"sized","height":1,"width":"w"}"#,
            "width: invalid type: string \"w\", expected u64",
        ),
        // The member of the base, before or after the discriminator.
        (
            r#"{"id":0,"kind":"sized","height":1,"width":1}"#,
            "id: invalid type: integer `0`, expected a string",
        ),
        (
            r#"{"kind":"sized","height":1,"id":0,"width":1}"#,
            "id: invalid type: integer `0`, expected a string",
        ),
        (r#"{"id":"a","kind":"nested"}"#, "inner: missing"),
        (r#"{"id":"a","kind":"wrapped"}"#, "data: missing"),
        (
            r#"{"id":"a","kind":"wrapped","data":{}}"#,
            "data: invalid type: map, expected a boolean",
        ),
    ] {
        assert_eq!(error::<Item>(text), expected, "{text}");
    }
}

#[test]
fn a_branch_without_members_ignores_the_remaining_members() {
    for text in [
        r#"{"kind":"plain","id":"a","width":{"deep":[]},"hint":1}"#,
        r#"{"width":{"deep":[]},"id":"a","hint":1,"kind":"plain"}"#,
    ] {
        let expected = Item {
            id: "a".into(),
            hint: Some(1),
            branch: ItemBranch::Plain,
        };
        assert_eq!(read(text), Ok(expected), "{text}");
    }
}

// Enums.

#[test]
fn values_are_strings_known_or_not() {
    for (text, kind) in [
        ("plain", Kind::Plain),
        ("foreign", Kind::Foreign),
        ("Plain", Kind::Unknown("Plain".into())),
        ("", Kind::Unknown(String::new())),
        ("Grün", Kind::Unknown("Grün".into())),
    ] {
        let json = serde_json::to_string(text).expect("JSON");
        assert_eq!(read(&json), Ok(kind.clone()));
        assert_round_trip::<Kind>(&json);
        match kind {
            Kind::Unknown(_) => assert!(text.parse::<Kind>().is_err()),
            _ => assert_eq!(text.parse(), Ok(kind.clone())),
        }
        assert_eq!(kind.to_string(), text);
    }
    assert_eq!(format!("[{:>7}]", Kind::Plain), "[  plain]");
    assert_eq!(
        error::<Kind>("1"),
        "invalid type: integer `1`, expected a string (Kind)"
    );
}

// Alternates.

#[test]
fn the_json_type_selects_the_alternative() {
    for (text, expected) in [
        ("null", All::Null),
        ("true", All::Boolean(true)),
        ("-9223372036854775808", All::Number(i64::MIN)),
        ("9223372036854775807", All::Number(i64::MAX)),
        (r#""plain""#, All::Text(Kind::Plain)),
        (r#""new""#, All::Text(Kind::Unknown("new".into()))),
        ("[]", All::List(vec![])),
        (
            r#"{"height":2,"width":1}"#,
            All::Object(Box::new(size(1, 2))),
        ),
    ] {
        assert_eq!(read(text), Ok(expected), "{text}");
        assert_round_trip::<All>(text);
    }
}

#[test]
fn unknown_json_types_of_alternates_are_kept() {
    for text in [
        "null",
        "false",
        "18446744073709551615",
        "-9223372036854775808",
        "1.5",
        "[1,[2,{}]]",
        r#"{"a":{"b":null}}"#,
    ] {
        let value: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(read(text), Ok(Foreign::Unknown(value)), "{text}");
        assert_round_trip::<Foreign>(text);
    }
    assert_eq!(read(r#""c""#), Ok(Foreign::Char('c')));
}

#[test]
fn errors_in_alternates_have_a_reason() {
    for (text, expected) in [
        (
            "9223372036854775808",
            "invalid value: integer `9223372036854775808`, expected i64",
        ),
        (r#"[{"width":1,"height":1},{}]"#, "[1].width: missing"),
        (
            r#"{"width":[]}"#,
            "width: invalid type: sequence, expected u64",
        ),
    ] {
        assert_eq!(error::<All>(text), expected, "{text}");
    }
    assert_eq!(
        error::<Foreign>(r#""two""#),
        "invalid value: string \"two\", expected a character"
    );
}

/// All orders of a few members.
fn permutations<'a>(members: &[&'a str]) -> Vec<Vec<&'a str>> {
    let Some((first, rest)) = members.split_first() else {
        return vec![vec![]];
    };
    let mut all = Vec::new();
    for order in permutations(rest) {
        for at in 0..=order.len() {
            let mut order = order.clone();
            order.insert(at, first);
            all.push(order);
        }
    }
    all
}

#[test]
fn values_are_ordered_as_in_the_schema() {
    assert!(Kind::Plain < Kind::Sized && Kind::Sized < Kind::Nested);
    let unknown = |text: &str| Kind::Unknown(text.to_owned());
    assert!(Kind::Foreign < unknown("a") && unknown("a") < unknown("b"));
    // As `Eq` has it.
    assert_eq!(Kind::Sized.cmp(&unknown("sized")), Ordering::Equal);
    assert_eq!(Kind::Sized, unknown("sized"));
}
