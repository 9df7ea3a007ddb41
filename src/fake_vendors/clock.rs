//! The vendors' own clock: the machine's time plus a shift that a test may add. It is separate from casero's
//! clock: two clocks that agree by construction would hide every mistake about late messages.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// Offset of Mercado Pago's timestamps, UTC-4, whatever the country.
const MERCADO_PAGO_OFFSET: Offset = Offset::constant(-4);
/// Offset of the invented cabins: Argentina, UTC-3 all year.
const CABINS_OFFSET: Offset = Offset::constant(-3);

/// Machine time plus a shift, in milliseconds since 1970.
#[derive(Debug, Default)]
pub struct Clock {
    shift_ms: AtomicI64,
}

impl Clock {
    /// The vendors' time in milliseconds since 1970.
    pub fn millis(&self) -> i64 {
        let machine = SystemTime::UNIX_EPOCH.elapsed().unwrap_or(Duration::ZERO).as_millis();
        i64::try_from(machine).unwrap_or(i64::MAX).saturating_add(self.shift_ms.load(Ordering::Relaxed))
    }

    /// Moves the vendors' time forward (or back), in milliseconds.
    pub fn shift(&self, ms: i64) {
        self.shift_ms.fetch_add(ms, Ordering::Relaxed);
    }

    /// Today's date at the cabins.
    pub fn today(&self) -> Date {
        instant(self.millis()).to_zoned_datetime(TimeZone::fixed(CABINS_OFFSET)).date()
    }
}

/// Unix seconds as text, the form of every WhatsApp timestamp.
pub fn unix_seconds(millis: i64) -> String {
    millis.div_euclid(1000).to_string()
}

/// ISO 8601 with milliseconds and offset, the form of every Mercado Pago date.
pub fn mercado_pago_date(millis: i64) -> String {
    instant(millis)
        .to_zoned_datetime(TimeZone::fixed(MERCADO_PAGO_OFFSET))
        .strftime("%Y-%m-%dT%H:%M:%S%.3f%:z")
        .to_string()
}

/// `YYYYMMDDTHHMMSSZ`, the form of DTSTAMP in a calendar.
pub fn calendar_stamp(millis: i64) -> String {
    instant(millis).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Milliseconds of an RFC 3339 text; `None` when it is not one.
pub fn parse_instant(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

fn instant(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mercado_pago_dates_carry_milliseconds_and_offset() {
        assert_eq!(mercado_pago_date(1_790_000_000_123), "2026-09-21T10:13:20.123-04:00");
        assert_eq!(parse_instant("2026-09-21T10:13:20.123-04:00"), Some(1_790_000_000_123));
        assert_eq!(parse_instant("yesterday"), None);
    }
}
