//! Findings as workflow commands of GitHub Actions, which shows them next to the lines that they refer to.

use qapi_parser::{Diagnostic, Diagnostics};

/// One of `findings` as a command.
pub(super) fn line(finding: &Diagnostic, findings: &Diagnostics) -> String {
    let place = finding.place(findings.sources());
    let path = property(&place.path.to_string_lossy());
    let mut message = finding.message().to_owned();
    if let Some(hint) = finding.suggestion() {
        message = format!("{message}\nhelp: {hint}");
    }
    format!(
        "::{} file={path},line={},col={}::{}",
        finding.severity().name(),
        place.line,
        place.column.unwrap_or(1),
        data(&message)
    )
}

/// Escapes the text after the last `::` of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property, which ends at a comma, and the properties at a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_of_commands_and_properties_are_escaped() {
        assert_eq!(data("100%\r\na: b, c"), "100%25%0D%0Aa: b, c");
        assert_eq!(property("C:\\a,b%0A.json"), "C%3A\\a%2Cb%250A.json");
    }
}
