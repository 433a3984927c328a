// The time at which an event was sent.

use ::serde::de::{IgnoredAny, MapAccess, Visitor};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::std::fmt;
use ::std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::errors::{at, missing};

/// The time at which an event was sent, by the host's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Timestamp {
    /// Seconds since 1970-01-01 00:00:00 UTC; -1 when the host could not read its clock.
    pub seconds: i64,
    /// Microseconds within the second; -1 when the host could not read its clock.
    pub microseconds: i64,
}

/// The error returned when converting between [`Timestamp`] and [`SystemTime`] fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimestampError {
    /// The timestamp is -1 and -1: the host could not read its clock.
    NoClock,
    /// The time cannot be represented.
    OutOfRange,
}

impl Timestamp {
    /// Creates a timestamp from seconds since 1970-01-01 00:00:00 UTC and microseconds within the second.
    pub fn new(seconds: i64, microseconds: i64) -> Self {
        Self {
            seconds,
            microseconds,
        }
    }

    /// Returns the time as a [`SystemTime`], or `None` if the host has no clock or the time is out of range.
    pub fn system_time(self) -> Option<SystemTime> {
        self.try_into().ok()
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    fn try_from(it: Timestamp) -> Result<Self, TimestampError> {
        if (it.seconds, it.microseconds) == (-1, -1) {
            return Err(TimestampError::NoClock);
        }
        let seconds = Duration::from_secs(it.seconds.unsigned_abs());
        let second = match it.seconds < 0 {
            true => UNIX_EPOCH.checked_sub(seconds),
            false => UNIX_EPOCH.checked_add(seconds),
        };
        let micros = u64::try_from(it.microseconds).ok();
        let micros = micros.map(Duration::from_micros);
        let time = second.zip(micros);
        time.and_then(|(second, micros)| second.checked_add(micros))
            .ok_or(TimestampError::OutOfRange)
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampError;

    /// Fractions of a microsecond are dropped.
    fn try_from(time: SystemTime) -> Result<Self, TimestampError> {
        let micros = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i128::try_from(after.as_micros()),
            // Before 1970 the second counts backward, and the microseconds within it forward.
            Err(before) => {
                let before = before.duration();
                i128::try_from(before.as_nanos().div_ceil(1000)).map(|micros| -micros)
            }
        };
        let micros = micros.map_err(|_| TimestampError::OutOfRange)?;
        let (seconds, microseconds) = (
            i64::try_from(micros.div_euclid(1_000_000)),
            i64::try_from(micros.rem_euclid(1_000_000)),
        );
        match (seconds, microseconds) {
            (Ok(seconds), Ok(microseconds)) => Ok(Self::new(seconds, microseconds)),
            _ => Err(TimestampError::OutOfRange),
        }
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoClock => "the host could not read its clock",
            Self::OutOfRange => "the time is out of range",
        })
    }
}

impl ::std::error::Error for TimestampError {}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("seconds", &self.seconds)?;
        map.serialize_entry("microseconds", &self.microseconds)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TimestampVisitor)
    }
}

struct TimestampVisitor;

impl<'de> Visitor<'de> for TimestampVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (timestamp)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Timestamp, A::Error> {
        let (mut seconds, mut microseconds) = (None, None);
        while let Some(part) = map.next_key::<Part>()? {
            match part {
                Part::Seconds => {
                    seconds = Some(map.next_value().map_err(|it| at("seconds", it))?);
                }
                Part::Microseconds => {
                    microseconds = Some(map.next_value().map_err(|it| at("microseconds", it))?);
                }
                Part::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Timestamp {
            seconds: seconds.ok_or_else(|| missing(Some(&"seconds")))?,
            microseconds: microseconds.ok_or_else(|| missing(Some(&"microseconds")))?,
        })
    }
}

/// The name of a member of a timestamp.
enum Part {
    Seconds,
    Microseconds,
    Other,
}

impl<'de> Deserialize<'de> for Part {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(PartVisitor)
    }
}

struct PartVisitor;

impl Visitor<'_> for PartVisitor {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: ::serde::de::Error>(self, name: &str) -> Result<Part, E> {
        Ok(match name {
            "seconds" => Part::Seconds,
            "microseconds" => Part::Microseconds,
            _ => Part::Other,
        })
    }
}
