//! Base64, which the guest agent uses for the input and output of programs (`guest-exec`) and the content of files
//! (`guest-file-read`, `guest-file-write`).
//!
//! ```
//! use qapi_client::base64;
//!
//! assert_eq!(base64::encode("uid=0(root)\n"), "dWlkPTAocm9vdCkK");
//! assert_eq!(base64::decode("dWlkPTAocm9vdCkK")?, b"uid=0(root)\n");
//! # Ok::<(), base64::DecodeError>(())
//! ```

use std::fmt;

use ::base64::Engine as _;
use ::base64::prelude::BASE64_STANDARD;

/// Encodes bytes.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// Decodes text to bytes.
///
/// # Errors
///
/// The text is not base64.
pub fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    BASE64_STANDARD.decode(text).map_err(DecodeError)
}

/// Text that is not base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(::base64::DecodeError);

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid base64: {}", self.0)
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}
