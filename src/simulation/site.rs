//! A site that sells the same cabin: its own bookings, and its copy of our calendar.

use jiff::{Timestamp, ToSpan, civil::Date};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A stay that a site sold.
#[derive(Debug, Clone)]
pub struct Sold {
    pub(super) uid: u64,
    pub(super) from: Date,
    pub(super) to: Date,
}

#[derive(Debug, Default)]
pub struct Site {
    /// Row of the feed in the instance.
    pub feed: i64,
    /// Secret under which it reads our calendar.
    pub token: String,
    /// It repeats our calendar as closed nights.
    pub echoes: bool,
    pub(super) sold: Vec<Sold>,
    /// Our calendar at its last reading.
    pub seen: String,
    /// The nights closed in it.
    pub closed: BTreeSet<Date>,
    /// Readings since the last wrong one.
    pub(super) honest: u32,
    /// Time of a correct reading in this step, by the instance's clock, with the nights sold then.
    pub told: Option<(Timestamp, BTreeSet<Date>)>,
    /// Sold nights of the last reading that the instance stored.
    pub believed: BTreeSet<Date>,
}

impl Site {
    /// A channel without sales.
    pub(super) fn of(feed: i64, token: String, echoes: bool) -> Site {
        Site { feed, token, echoes, ..Site::default() }
    }

    pub(super) fn nights(&self) -> BTreeSet<Date> {
        let of = |sold: &Sold| sold.from.series(1.day()).take_while(|day| *day < sold.to).collect::<Vec<_>>();
        self.sold.iter().flat_map(of).collect()
    }

    pub(super) fn calendar(&self, today: Date, leave_out: usize) -> String {
        let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//site//EN\r\n".to_owned();
        let mut event = |uid: &str, from: Date, to: Date, what: &str| {
            let day = |day: Date| day.strftime("%Y%m%d").to_string();
            let _infallible = write!(
                text,
                "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:{}\r\n\
                 DTEND;VALUE=DATE:{}\r\nSUMMARY:{what}\r\nEND:VEVENT\r\n",
                day(from),
                day(to)
            );
        };
        for sold in self.sold.iter().skip(leave_out).filter(|sold| sold.to > today) {
            event(&format!("s{}@site.example", sold.uid), sold.from, sold.to, "Reserved");
        }
        if self.echoes {
            for day in self.closed.range(today..) {
                let next = day.saturating_add(1.day());
                event(&format!("c{day}@site.example"), *day, next, "Airbnb (Not available)");
            }
        }
        text.push_str("END:VCALENDAR\r\n");
        text
    }
}
