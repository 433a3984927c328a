//! Addresses of servers and of listeners.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::driver::error::Error;

/// The address of a server: `unix:PATH` or `tcp:HOST:PORT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// The path of a Unix socket.
    Unix(PathBuf),
    /// A host and a port.
    Tcp(String),
}

impl FromStr for Address {
    type Err = Error;

    fn from_str(address: &str) -> Result<Self, Error> {
        let invalid = || Error::InvalidAddress {
            address: address.to_owned(),
        };
        match address.split_once(':') {
            Some(("unix", path)) if !path.is_empty() => Ok(Self::Unix(path.into())),
            Some(("tcp", rest)) => match rest.rsplit_once(':') {
                Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => {
                    Ok(Self::Tcp(rest.to_owned()))
                }
                _ => Err(invalid()),
            },
            _ => Err(invalid()),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::Tcp(address) => write!(f, "tcp:{address}"),
        }
    }
}

/// The address of a listener, whose socket file is removed on drop.
pub(crate) struct Bound(pub(crate) Address);

impl Drop for Bound {
    fn drop(&mut self) {
        if let Address::Unix(path) = &self.0 {
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn addresses_are_read_and_written() {
        for address in ["unix:/run/qmp.sock", "tcp:localhost:4444", "tcp:[::1]:4444"] {
            let read: Address = address.parse().unwrap();
            assert_eq!(read.to_string(), address);
        }
    }

    #[test]
    fn other_addresses_are_errors_that_name_the_forms() {
        for address in [
            "",
            "/run/qmp.sock",
            "unix:",
            "tcp:host",
            "tcp::1",
            "tcp:host:port",
            "vsock:1:2",
        ] {
            let error = address.parse::<Address>().unwrap_err().to_string();
            assert!(error.contains("`unix:PATH` or `tcp:HOST:PORT`"), "{error}");
        }
    }
}
