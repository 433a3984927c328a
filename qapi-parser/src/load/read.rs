//! Reads files.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// The maximum size of a file, in bytes.
const MAX_FILE: u64 = 64 << 20;

/// Reads a regular file. Devices and pipes are refused, since they might never end.
pub(crate) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    // Checked before opening, since opening a pipe blocks until it has a writer.
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let mut bytes = Vec::with_capacity(metadata.len().min(MAX_FILE) as usize);
    File::open(path)?
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE {
        let message = format!("larger than {} MiB", MAX_FILE >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// Decodes text and normalizes line ends to `\n`. For invalid UTF-8, returns the text before it and an error message.
pub(super) fn decode(bytes: Vec<u8>) -> (String, Option<String>) {
    let (text, fault) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            let fault = format!("byte 0x{:02x} is not valid UTF-8", bytes[good]);
            bytes.truncate(good);
            (String::from_utf8_lossy(&bytes).into_owned(), Some(fault))
        }
    };
    let text = match memchr::memchr(b'\r', text.as_bytes()).is_some() {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text,
    };
    (text, fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_newlines() {
        assert_eq!(decode(b"a\r\nb\rc\n".to_vec()), ("a\nb\nc\n".into(), None));
    }

    #[test]
    fn text_that_is_not_utf8_ends_at_the_invalid_byte() {
        let (text, fault) = decode(b"ab\xffcd".to_vec());
        assert_eq!(text, "ab");
        assert_eq!(fault.as_deref(), Some("byte 0xff is not valid UTF-8"));
    }

    #[test]
    fn only_regular_files_are_read() {
        assert!(read_file(Path::new("/")).is_err());
        #[cfg(unix)]
        assert!(read_file(Path::new("/dev/zero")).is_err());
    }
}
