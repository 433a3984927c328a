// The first message of a QMP server.

use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::serde_json::{Map, Value, json};
use ::std::fmt;

use super::errors::{at, missing};

/// The greeting that a QMP server sends when a client connects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Greeting {
    /// The version of QEMU; QEMU 0.12 does not send it.
    pub version: Option<QemuVersion>,
    /// The capabilities that the server offers, to be enabled by `qmp_capabilities`.
    pub capabilities: Vec<Capability>,
}

/// A version of QEMU, such as 7.2.22. Versions are ordered by number, then by package.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct QemuVersion {
    /// The major version.
    pub major: u32,
    /// The minor version.
    pub minor: u32,
    /// The micro version; from 50 on it is a development snapshot.
    pub micro: u32,
    /// The package version set by the distributor; empty for an upstream release.
    pub package: String,
}

/// A capability of a QMP server.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Capability {
    /// `oob`: commands can be executed out of band.
    Oob,
    /// A capability not defined here.
    Unknown(String),
}

impl Greeting {
    /// Creates the greeting of a server with these capabilities.
    pub fn new(version: QemuVersion, capabilities: impl IntoIterator<Item = Capability>) -> Self {
        Self {
            version: Some(version),
            capabilities: capabilities.into_iter().collect(),
        }
    }
}

impl QemuVersion {
    /// Creates a version without a package.
    pub fn new(major: u32, minor: u32, micro: u32) -> Self {
        Self {
            major,
            minor,
            micro,
            package: String::new(),
        }
    }
}

impl fmt::Display for QemuVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.micro)?;
        match self.package.trim() {
            "" => Ok(()),
            package => write!(f, " ({package})"),
        }
    }
}

impl Capability {
    /// The name on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Oob => "oob",
            Self::Unknown(name) => name,
        }
    }
}

impl From<&str> for Capability {
    fn from(name: &str) -> Self {
        match name {
            "oob" => Self::Oob,
            _ => Self::Unknown(name.to_owned()),
        }
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Capability {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Capability {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Ok(name.as_str().into())
    }
}

impl Serialize for Greeting {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut qmp = Map::new();
        if let Some(it) = &self.version {
            let numbers = json!({"micro": it.micro, "minor": it.minor, "major": it.major});
            let version = json!({"qemu": numbers, "package": it.package});
            qmp.insert("version".to_owned(), version);
        }
        let capabilities = self.capabilities.iter().map(Capability::as_str);
        qmp.insert("capabilities".to_owned(), capabilities.collect());
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("QMP", &qmp)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Greeting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut message = Map::deserialize(deserializer)?;
        let body = message.remove("QMP");
        Greeting::read(body.ok_or_else(|| missing(Some(&"QMP")))?)
    }
}

impl Greeting {
    /// Reads the value of the member `QMP`. It is sent once per session, so speed does not matter.
    pub(super) fn read<E: ::serde::de::Error>(body: Value) -> Result<Self, E> {
        let read = || {
            let mut body: Map<String, Value> = take(Some(body))?.unwrap_or_default();
            let version = take(body.remove("version")).map_err(|it| at("version", it))?;
            let version = version.map(QemuVersion::read).transpose();
            let capabilities = take(body.remove("capabilities"));
            Ok(Self {
                version: version.map_err(|it| at("version", it))?.flatten(),
                capabilities: capabilities
                    .map_err(|it| at("capabilities", it))?
                    .unwrap_or_default(),
            })
        };
        read().map_err(|error: ::serde_json::Error| at("QMP", E::custom(error)))
    }
}

impl QemuVersion {
    /// QEMU 0.12 and 0.13 send the numbers as a string.
    // Compiled only where a greeting is read.
    #[inline]
    fn read(mut version: Map<String, Value>) -> Result<Option<Self>, ::serde_json::Error> {
        let numbers = match version.remove("qemu") {
            None => return Ok(None),
            Some(Value::String(text)) => {
                let mut numbers = text.split('.').map(str::parse);
                [(); 3].map(|()| numbers.next().and_then(Result::ok).unwrap_or(0))
            }
            numbers => {
                let numbers = take(numbers).map_err(|it| at("qemu", it))?;
                let mut numbers: Map<String, Value> = numbers.unwrap_or_default();
                let mut read = |name: &str| match take(numbers.remove(name)) {
                    Ok(number) => Ok(number.unwrap_or(0)),
                    Err(error) => Err(at("qemu", at(name, error))),
                };
                [read("major")?, read("minor")?, read("micro")?]
            }
        };
        let [major, minor, micro] = numbers;
        let package = take(version.remove("package")).map_err(|it| at("package", it))?;
        Ok(Some(Self {
            major,
            minor,
            micro,
            package: package.unwrap_or_default(),
        }))
    }
}

/// Reads a member that may be absent.
fn take<T: ::serde::de::DeserializeOwned>(
    member: Option<Value>,
) -> Result<Option<T>, ::serde_json::Error> {
    member.map(T::deserialize).transpose()
}
