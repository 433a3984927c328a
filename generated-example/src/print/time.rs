//! The time of an event.

use generated_example::qapi::Timestamp;

/// The time in UTC, as `2026-11-23 12:34:56.069778`.
pub(crate) fn utc(timestamp: &Timestamp) -> String {
    let Some(time) = timestamp.system_time() else {
        return "no clock".into();
    };
    match jiff::Timestamp::try_from(time) {
        Ok(time) => time.strftime("%F %T%.6f").to_string(),
        // The calendar does not cover this time.
        Err(_) => format!("{}.{:06} s", timestamp.seconds, timestamp.microseconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64, microseconds: i64) -> String {
        utc(&Timestamp::new(seconds, microseconds))
    }

    #[test]
    fn times_are_in_utc() {
        assert_eq!(at(0, 0), "1970-01-01 00:00:00.000000");
        assert_eq!(at(1_709_210_096, 69_778), "2024-02-29 12:34:56.069778");
        assert_eq!(at(-1, -1), "no clock");
    }

    #[test]
    fn no_number_is_too_large() {
        assert_eq!(at(i64::MAX, 999_999), "9223372036854775807.999999 s");
        assert_eq!(at(i64::MIN, i64::MIN), "no clock");
        assert_eq!(at(1 << 40, 5), "1099511627776.000005 s");
        at(i64::MAX, i64::MAX);
    }
}
