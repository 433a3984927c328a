//! Integers are exact to 64 bits; a number may be an integer.

use serde_json::json;

use crate::showcase::{Amount, Climate, Feed, Lamp, LampSettings, Liquid, Span};
use crate::{error, kept, read};

#[test]
fn integers_are_exact_to_64_bits() {
    let span: Span = kept(r#"{"low": -9223372036854775808, "high": 9223372036854775807}"#);
    assert_eq!(span, Span::new(i64::MIN, i64::MAX));
    let liquid: Liquid = kept(r#"{"liquid": "water", "litres": 18446744073709551615}"#);
    assert_eq!(liquid.litres, u64::MAX);
    // In a branch too, before and after the discriminator.
    for text in [
        r#"{"nitrogen": -9223372036854775808, "litres": 9223372036854775809, "liquid": "feed"}"#,
        r#"{"liquid": "feed", "nitrogen": -9223372036854775808, "litres": 9223372036854775809}"#,
    ] {
        let liquid: Liquid = kept(text);
        assert_eq!(liquid.litres, 1 << 63 | 1);
    }
    // And in values of type `any`.
    kept::<Amount>("-9223372036854775808");
    assert_eq!(
        kept::<Amount>("9223372036854775807"),
        Amount::Exact(i64::MAX)
    );
}

#[test]
fn a_number_may_be_an_integer() {
    let climate: Climate = read(r#"{"season": "growing", "celsius": 21}"#);
    assert_eq!(climate.celsius, 21.0);
    let climate: Climate = read(r#"{"season": "growing", "celsius": -9223372036854775808}"#);
    assert_eq!(climate.celsius, i64::MIN as f64);
}

#[test]
fn numbers_that_do_not_fit_are_errors() {
    for (text, expected) in [
        (
            "256",
            "brightness: invalid value: integer `256`, expected u8",
        ),
        ("-1", "brightness: invalid value: integer `-1`, expected u8"),
        (
            "1.0",
            "brightness: invalid type: floating point `1.0`, expected u8",
        ),
    ] {
        let text = format!(r#"{{"brightness": {text}}}"#);
        assert_eq!(error::<LampSettings>(&text), expected);
    }
    assert_eq!(
        error::<Feed>(r#"{"nitrogen": 9223372036854775808}"#),
        "nitrogen: invalid value: integer `9223372036854775808`, expected i64"
    );
    assert_eq!(
        error::<Amount>("9223372036854775808"),
        "invalid value: integer `9223372036854775808`, expected i64"
    );
    assert_eq!(
        error::<Lamp>(r#"{"id": "a", "watts": 4294967296}"#),
        "watts: invalid value: integer `4294967296`, expected u32"
    );
}

#[test]
fn numbers_are_written_as_json_has_them() {
    let climate = Climate::new(crate::showcase::Season::Growing, 21.0);
    let text = serde_json::to_string(&climate).expect("JSON");
    assert_eq!(text, r#"{"season":"growing","celsius":21.0}"#);
    let span = serde_json::to_value(Span::new(i64::MIN, i64::MAX)).expect("JSON");
    assert_eq!(span, json!({"low": i64::MIN, "high": i64::MAX}));
}
