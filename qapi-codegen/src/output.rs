//! Writing generated code.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Writes a file unless it already has this text, so that nothing that depends on it is rebuilt.
pub(crate) fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    // Anything but a regular file, such as a pipe, cannot be compared.
    let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    if is_file && fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    fs::write(path, text)
}

/// Tells cargo when to run the build script again.
pub(crate) fn print_rerun_lines(files: &[PathBuf]) {
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_would_not_change_is_not_touched() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("out.rs");
        write_if_changed(&path, "one").expect("writable");
        let mut permissions = fs::metadata(&path).expect("it exists").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("its owner may");
        let before = fs::metadata(&path)
            .expect("it exists")
            .modified()
            .expect("a time");
        write_if_changed(&path, "one").expect("nothing is written");
        let after = fs::metadata(&path)
            .expect("it exists")
            .modified()
            .expect("a time");
        assert_eq!(before, after);
    }
}
