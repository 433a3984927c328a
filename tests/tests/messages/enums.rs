//! `FromStr` of enums accepts only values of the schema; decoding accepts any value.

use integration_tests::messages::{Colour, Nothing, ParseEnumError};

use crate::kept;

#[test]
fn parsing_validates() {
    assert_eq!("light-grey".parse(), Ok(Colour::LightGrey));
    assert_eq!("unknown".parse(), Ok(Colour::Unknown_));
    for (text, nearest) in [
        ("light-gray", "light-grey"),
        ("LIGHT_GREEN", "light-green"),
        ("lightgreen", "light-green"),
        ("Red", "red"),
        ("", "red"),
        ("unkown", "unknown"),
    ] {
        let error: ParseEnumError = text.parse::<Colour>().expect_err(text);
        assert_eq!(error.nearest, Some(nearest), "{text}");
        assert_eq!((&*error.value, error.enumeration), (text, "Colour"));
    }
    let error = "light-gray".parse::<Colour>().unwrap_err();
    assert_eq!(
        error.to_string(),
        r#""light-gray" is not a value of Colour; did you mean "light-grey"?"#
    );
    let error: Box<dyn std::error::Error + Send + Sync> = Box::new(error);
    assert!(error.source().is_none());
    let error = "x".parse::<Nothing>().unwrap_err();
    assert_eq!(error.to_string(), r#""x" is not a value of Nothing"#);
    assert!("é".repeat(1_000_000).parse::<Colour>().is_err());
}

#[test]
fn decoding_takes_any_value() {
    assert_eq!(
        kept::<Colour>(r#""light-gray""#),
        Colour::Unknown("light-gray".into())
    );
    assert_eq!(kept::<Nothing>(r#""x""#), Nothing::Unknown("x".into()));
}
