//! A site that sells the same cabin: its own bookings, and its copy of the calendar that it reads.

use crate::calendars::NightSet;
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

/// How a site behaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Habits {
    /// It repeats the calendar that it reads, as closed nights.
    pub repeats: bool,
    /// It does not tell sales from closed nights and merges neighbours, as Booking.com does.
    pub tells_nothing: bool,
    /// It reads this other site and not us: a tool in between, or a second site.
    pub copies: Option<usize>,
}

#[derive(Debug, Default)]
pub struct Site {
    /// Row of the feed in the instance.
    pub feed: i64,
    /// Secret under which it reads our calendar.
    pub token: String,
    pub habits: Habits,
    pub(super) sold: Vec<Sold>,
    /// Every night that it ever sold.
    pub ever_sold: BTreeSet<Date>,
    /// It sold since the instance last read it.
    pub(super) unread_sale: bool,
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
    pub(super) fn of(feed: i64, token: String, habits: Habits) -> Site {
        Site { feed, token, habits, ..Site::default() }
    }

    pub(super) fn nights(&self) -> BTreeSet<Date> {
        let of = |sold: &Sold| sold.from.series(1.day()).take_while(|day| *day < sold.to).collect::<Vec<_>>();
        self.sold.iter().flat_map(of).collect()
    }

    /// Whether nothing in its calendar changes when a night is called off that it, or the site that it copies, sold: the
    /// night comes back to it from us, through that site, and is shown as it was. Only a person can tell.
    pub(super) fn shows_no_end(&self, night: Date, sites: &[Site]) -> bool {
        let copied = self.habits.copies.and_then(|at| sites.get(at));
        let sold = |site: &Site| site.ever_sold.contains(&night);
        self.habits.tells_nothing && copied.is_some_and(|copied| sold(self) || sold(copied))
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
        let sold = self.sold.iter().skip(leave_out).filter(|sold| sold.to > today);
        let copied = self.closed.range(today..).copied().filter(|_| self.habits.repeats);
        if self.habits.tells_nothing {
            let sold = sold.flat_map(|sold| sold.from.series(1.day()).take_while(move |day| *day < sold.to));
            for (from, to) in NightSet::from_dates(sold.chain(copied)).clipped(today, Date::MAX).runs() {
                event(&format!("{from}@site.example"), *from, *to, "CLOSED - Not available");
            }
        } else {
            for sold in sold {
                event(&format!("s{}@site.example", sold.uid), sold.from, sold.to, "Reserved");
            }
            for day in copied {
                let next = day.saturating_add(1.day());
                event(&format!("c{day}@site.example"), day, next, "Airbnb (Not available)");
            }
        }
        text.push_str("END:VCALENDAR\r\n");
        text
    }
}
