//! Numbers as people read them: three digits and a unit.

/// Seconds.
pub(crate) fn seconds(value: f64) -> String {
    scaled(
        value,
        &[(1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")],
    )
}

/// Bytes.
pub(crate) fn bytes(value: f64) -> String {
    scaled(value, &[(1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1.0, "B")])
}

/// In the largest unit that the value reaches.
fn scaled(value: f64, units: &[(f64, &str)]) -> String {
    let reached = units.iter().find(|(unit, _)| value >= *unit);
    let Some((unit, name)) = reached.or(units.last()) else {
        return format!("{value}");
    };
    format!("{} {name}", digits(value / unit))
}

/// Three significant digits.
pub(crate) fn digits(value: f64) -> String {
    match value {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes, seconds};

    #[test]
    fn three_digits_in_the_unit_that_fits() {
        assert_eq!(seconds(12.345), "12.3 s");
        assert_eq!(seconds(0.0123), "12.3 ms");
        assert_eq!(seconds(0.0), "0.00 ns");
        assert_eq!(bytes(1_329_000_000.0), "1.33 GB");
        assert_eq!(bytes(52.0), "52.0 B");
    }
}
