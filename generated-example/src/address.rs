//! Where a QEMU listens.

mod socket;

use std::fmt;
use std::net::{TcpStream, ToSocketAddrs as _};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use crate::failure::Failure;
pub(crate) use socket::Socket;

/// How long to wait for a peer that does not answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// Where a QEMU listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    Unix(PathBuf),
    /// Host and port with a colon between.
    Tcp(String),
}

impl FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let expected = "expected unix:PATH or tcp:HOST:PORT";
        match text.split_once(':').ok_or(expected)? {
            ("unix", path) if !path.is_empty() => Ok(Self::Unix(path.into())),
            ("tcp", host_port) => match host_port.rsplit_once(':') {
                Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => {
                    Ok(Self::Tcp(host_port.into()))
                }
                _ => Err(expected),
            },
            _ => Err(expected),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::Tcp(host_port) => write!(f, "tcp:{host_port}"),
        }
    }
}

impl Address {
    pub(crate) fn connect(&self) -> Result<Socket, Failure> {
        let socket = match self {
            Self::Unix(path) => Socket::unix(path),
            Self::Tcp(host_port) => connect_tcp(host_port).map(Socket::Tcp),
        };
        let ready = socket.and_then(|socket| {
            socket.set_timeout(Some(PATIENCE))?;
            Ok(socket)
        });
        ready.map_err(|error| Failure::Input(format!("cannot connect to {self}: {error}")))
    }
}

/// The first address of the host that answers, else the last error.
fn connect_tcp(host_port: &str) -> std::io::Result<TcpStream> {
    let mut refusal = None;
    for address in host_port.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => return Ok(stream),
            Err(error) => refusal = Some(error),
        }
    }
    Err(refusal.unwrap_or_else(|| std::io::Error::other("the host has no address")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_unix_or_tcp() {
        let parse = |text: &str| text.parse::<Address>();
        assert_eq!(parse("unix:/a:b"), Ok(Address::Unix("/a:b".into())));
        assert_eq!(
            parse("tcp:[::1]:4444"),
            Ok(Address::Tcp("[::1]:4444".into()))
        );
        for bad in [
            "",
            "unix:",
            "/run/qmp",
            "tcp:4444",
            "tcp::4444",
            "tcp:h:",
            "tcp:h:65536",
            "udp:h:1",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
