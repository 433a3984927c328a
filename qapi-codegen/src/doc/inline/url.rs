//! Addresses in running text.

const SCHEMES: [&str; 3] = ["http://", "https://", "ftp://"];

/// Whether a text is a valid target of a link.
pub(super) fn is_web_address(text: &str) -> bool {
    let is_mail = text.starts_with("mailto:") && !text.contains([' ', '\n', '\\', '<']);
    url_length(text) == text.len() || is_mail
}

/// The length of the URL at the start of a text, 0 if there is none.
pub(super) fn url_length(text: &str) -> usize {
    let scheme = SCHEMES.iter().find(|scheme| text.starts_with(**scheme));
    let scheme = scheme.map_or(0, |scheme| scheme.len());
    let host = &text[scheme..];
    if scheme == 0 || !host.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return 0;
    }
    let is_end = |c: char| c.is_whitespace() || "<>\"`\\".contains(c);
    scheme + host.find(is_end).unwrap_or(host.len())
}

/// A URL without the punctuation of the surrounding sentence.
pub(super) fn without_punctuation(url: &str) -> &str {
    let has_parentheses = url.contains('(');
    url.trim_end_matches(|c| match c {
        ')' => !has_parentheses,
        c => ".,;:!?'*_~]}".contains(c),
    })
}
