//! The calendars that others read from us: one for each channel, and the guest's own file.
//!
//! Exported calendars say that nights are taken and not by whom. The text changes only with the bookings, so that
//! a conditional request can be answered "not modified".

use super::classify::OWN_SUMMARY;
use super::echo::Source;
use super::kind::Kind;
use super::nights::NightSet;
use super::state::ChannelState;
use crate::domain::ids::{CabinId, FeedId};
use ics::components::{Parameter, Property};
use ics::properties::{
    CalScale, Description, DtEnd, DtStart, LastModified, Location, Method, Name, RefreshInterval, Sequence,
    Status, Summary, Transp, Trigger,
};
use ics::{Alarm, Event, ICalendar, Standard, escape_text};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};
use std::collections::BTreeMap;

/// The PRODID of RFC 5545.
const PRODUCT: &str = "-//casero//calendario//ES";
/// The wished refresh interval. Channels ignore it; calendar programs follow it.
const REFRESH: &str = "PT15M";
/// RFC 5545, 3.1: octets in a line without its break.
const LINE_OCTETS_MAX: usize = 75;
/// Guests are reminded the day before they travel.
const REMINDER: &str = "-P1D";

/// Nights exported as taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExportEvent {
    pub start: Date,
    /// The first free night after it.
    pub end: Date,
    /// Who has them here.
    pub holder: Source,
    /// The reservation's code, when it is ours: it helps the owner to find it, and names no guest.
    pub code: Option<String>,
    /// Where it was sold or closed: a channel's name, `directo`, `bloqueo`.
    pub source: String,
    /// Grows with each change, so that a calendar replaces its copy.
    pub version: u32,
    /// When it last changed. Not the time of reading, or the text would differ each time.
    pub changed_at: Timestamp,
}

/// How a channel's calendar presents itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presentation<'a> {
    /// The cabin's name.
    pub name: &'a str,
    /// Whether each event says where it was sold.
    pub shows_source: bool,
}

/// Another channel's nights, as we hold them.
#[derive(Debug, Clone, Copy)]
pub struct OtherChannel<'a> {
    pub feed: FeedId,
    pub name: &'a str,
    pub state: &'a ChannelState,
    pub changed_at: Timestamp,
}

impl ExportEvent {
    /// Its unique and lasting key in this database, such as `reservation-12`.
    fn key(&self) -> String {
        match self.holder {
            Source::Reservation(id) => format!("reservation-{id}"),
            Source::Block(id) => format!("block-{id}"),
            Source::Feed(id) => format!("feed-{id}-{}", day(self.start)),
        }
    }
}

/// The events exported to one channel: our own stays and blocks, and the nights of every channel but itself. A
/// channel that read its own bookings back from us could never free them again. A night that two channels tell is one,
/// of the channel that is surer of it; one that the reader has too is not told.
pub fn events_for(reader: FeedId, ours: &[ExportEvent], channels: &[OtherChannel<'_>]) -> Vec<ExportEvent> {
    let held = NightSet::from_ranges(ours.iter().map(|event| (event.start, event.end)));
    let readers_own = channels.iter().find(|channel| channel.feed == reader).map(|channel| channel.state);
    let mut nights: BTreeMap<Date, (Kind, usize)> = BTreeMap::new();
    for (index, channel) in channels.iter().enumerate().filter(|(_, channel)| channel.feed != reader) {
        for (night, record) in &channel.state.nights {
            let knows = readers_own.is_some_and(|state| state.nights.contains_key(night));
            if record.kind.is_passed_on() && !knows && !held.contains(*night) {
                let surest = nights.entry(*night).or_insert((record.kind, index));
                *surest = (record.kind, index).min(*surest);
            }
        }
    }
    let mut events: Vec<ExportEvent> = Vec::new();
    for (night, (_, index)) in nights {
        let channel = &channels[index];
        let end = night.tomorrow().unwrap_or(night);
        match events.last_mut() {
            Some(last) if last.end == night && last.holder == Source::Feed(channel.feed) => last.end = end,
            _ => events.push(ExportEvent {
                start: night,
                end,
                holder: Source::Feed(channel.feed),
                code: None,
                source: channel.name.to_owned(),
                // Nobody counts a channel's changes: its minutes grow as well.
                version: u32::try_from(channel.changed_at.as_second() / 60).unwrap_or(0),
                changed_at: channel.changed_at,
            }),
        }
    }
    ours.iter().cloned().chain(events).collect()
}

/// A channel's calendar. Valid and complete even without events. Every event closes its nights, holds too: a channel that treats a
/// tentative event as free would sell them.
pub fn export(events: &[ExportEvent], ids: &OwnIds, presentation: Presentation<'_>) -> String {
    let mut sorted: Vec<&ExportEvent> = events.iter().filter(|event| event.start < event.end).collect();
    sorted.sort_unstable();
    let mut calendar = new_calendar();
    calendar.push(RefreshInterval::new(REFRESH));
    calendar.push(Property::new("X-PUBLISHED-TTL", REFRESH));
    if !presentation.name.trim().is_empty() {
        calendar.push(Name::new(text(presentation.name)));
        calendar.push(Property::new("X-WR-CALNAME", text(presentation.name)));
    }
    if sorted.is_empty() {
        // RFC 5545, 3.6: a calendar has a component at least.
        let utc = Standard::new("19700101T000000", "+0000", "+0000");
        calendar.add_timezone(ics::TimeZone::standard("Etc/UTC", utc));
    }
    for event in sorted {
        let mut entry =
            Event::new(uid(&format!("{}{}", ids.prefix, event.key()), &ids.domain), utc(event.changed_at));
        entry.push(whole_day(DtStart::new(day(event.start)).into()));
        entry.push(whole_day(DtEnd::new(day(event.end)).into()));
        entry.push(Summary::new(OWN_SUMMARY));
        entry.push(Status::confirmed());
        entry.push(Transp::opaque());
        entry.push(Sequence::new(event.version.to_string()));
        entry.push(LastModified::new(utc(event.changed_at)));
        if let Some(code) = &event.code {
            entry.push(Property::new("X-CODE", text(code)));
        }
        if presentation.shows_source {
            entry.push(Property::new("X-SOURCE", text(&event.source)));
        }
        calendar.add_event(entry);
    }
    refolded(&calendar.to_string())
}

/// A confirmed stay for the guest's own calendar. Sent to the guest alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// Its unique and lasting key in this database, such as `reservation-12`.
    pub key: String,
    /// Grows with each change of the stay, so that a calendar replaces its copy.
    pub version: u32,
    /// One line, in the guest's language.
    pub summary: String,
    /// Practical notes, in the guest's language; may have several lines.
    pub description: String,
    pub address: String,
    pub check_in: Timestamp,
    pub check_out: Timestamp,
    /// When the stay last changed.
    pub changed_at: Timestamp,
}

/// The `.ics` file of one stay. Times are UTC, which every calendar shows in its own zone's hours.
pub fn invite(invite: &Invite, domain: &str) -> String {
    let mut entry = Event::new(uid(&invite.key, domain), utc(invite.changed_at));
    entry.push(DtStart::new(utc(invite.check_in)));
    entry.push(DtEnd::new(utc(invite.check_out)));
    entry.push(Summary::new(text(&invite.summary)));
    if !invite.address.trim().is_empty() {
        entry.push(Location::new(text(&invite.address)));
    }
    if !invite.description.trim().is_empty() {
        entry.push(Description::new(text(&invite.description)));
    }
    entry.push(Status::confirmed());
    entry.push(Sequence::new(invite.version.to_string()));
    entry.add_alarm(Alarm::display(Trigger::new(REMINDER), Description::new(text(&invite.summary))));
    let mut calendar = new_calendar();
    calendar.add_event(entry);
    refolded(&calendar.to_string())
}

fn new_calendar<'a>() -> ICalendar<'a> {
    let mut calendar = ICalendar::new("2.0", PRODUCT);
    calendar.push(CalScale::new("GREGORIAN"));
    calendar.push(Method::new("PUBLISH"));
    calendar
}

fn whole_day(mut property: Property<'_>) -> Property<'_> {
    property.add(Parameter::new("VALUE", "DATE"));
    property
}

/// The form of our event ids in one cabin's calendars, by which our own events are known when they come back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnIds {
    /// A domain that no other installation has; empty when there is none to be known by.
    pub domain: String,
    /// What the ids of this cabin begin with.
    pub prefix: String,
}

impl OwnIds {
    /// The form for one cabin of this installation.
    pub fn of(cabin: CabinId, domain: &str) -> OwnIds {
        OwnIds { domain: domain.to_owned(), prefix: format!("c{cabin}-") }
    }

    /// Whether an id was written by us, for this cabin.
    pub fn is_own(&self, uid: &str) -> bool {
        uid.rsplit_once('@').is_some_and(|(key, host)| {
            !self.domain.is_empty()
                && host.eq_ignore_ascii_case(&self.domain)
                && key.starts_with(&self.prefix)
        })
    }
}

/// A stable id without characters that need escaping.
fn uid(key: &str, domain: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    format!(
        "{}@{}",
        key.chars().map(plain).collect::<String>(),
        domain.chars().map(plain).collect::<String>()
    )
}

/// Text with RFC 5545's escapes and without control characters, which no calendar may hold.
fn text(value: &str) -> String {
    let clean: String = value.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r')).collect();
    escape_text(clean).into_owned()
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

fn utc(instant: Timestamp) -> String {
    instant.to_zoned_datetime(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Folds the lines anew: the crate does not count a continued line's leading blank, which makes it one octet too
/// long for a strict reader. Values hold no raw line break, so unfolding is safe.
fn refolded(calendar: &str) -> String {
    let mut folded = String::with_capacity(calendar.len() + calendar.len() / LINE_OCTETS_MAX * 3);
    for line in calendar.replace("\r\n ", "").split_terminator("\r\n") {
        let mut octets = 0;
        for c in line.chars() {
            if LINE_OCTETS_MAX < octets + c.len_utf8() {
                folded.push_str("\r\n ");
                octets = 1;
            }
            folded.push(c);
            octets += c.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
