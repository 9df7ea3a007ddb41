//! Calendars like those of the booking sites, with behaviour observed on real ones, and with faults.
//!
//! An Airbnb-like calendar lists reservations under identifiers that survive a change of dates. A
//! Booking-like one lists closed ranges: adjacent ones are merged, past days are cut off, and the identifier
//! follows from the first day.

use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use rocket::{Route, State, get, routes};

use super::caller::Caller;
use super::clock::calendar_stamp;
use super::faults::Target;
use super::feed::{Ailment, Feed, Occupied, Site};
use super::response::{VendorResponse, through};
use super::sign::sha256;
use super::world::World;

/// Longest line of a calendar file in octets (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;
/// Delay of a slow calendar.
const SLOW: Duration = Duration::from_secs(8);

impl World {
    /// Adds or replaces a calendar.
    pub fn put_feed(&self, name: &str, feed: Feed) {
        self.change(|scene| scene.feeds.insert(name.to_owned(), feed));
    }

    /// Changes a calendar; `false` when there is none of that name.
    pub fn change_feed(&self, name: &str, change: impl FnOnce(&mut Feed)) -> bool {
        self.change(|scene| scene.feeds.get_mut(name).map(change).is_some())
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![serve]
}

#[get("/feeds/<file>")]
async fn serve(world: &State<Arc<World>>, caller: Caller, file: &str) -> VendorResponse {
    let name = file.strip_suffix(".ics").unwrap_or(file);
    let feed = world.look(|scene| scene.feeds.get(name).cloned());
    if feed.as_ref().and_then(|feed| feed.ailment) == Some(Ailment::Slow) {
        tokio::time::sleep(SLOW).await;
    }
    through(world, Target::Feeds, || match feed {
        None => gone(),
        Some(feed) => answer(world, name, &feed, caller.if_none_match.as_deref()),
    })
    .await
}

fn answer(world: &World, name: &str, feed: &Feed, known: Option<&str>) -> VendorResponse {
    let today = world.clock.today();
    let stamp = calendar_stamp(world.clock.millis());
    let calendar = |text: Vec<u8>| VendorResponse::bytes(200, "text/calendar; charset=utf-8", text);
    match feed.ailment {
        Some(Ailment::Gone) => gone(),
        Some(Ailment::Error500) => VendorResponse::bytes(500, "text/plain", "Internal Server Error"),
        Some(Ailment::Blank) => calendar(Vec::new()),
        Some(Ailment::Html) => VendorResponse::bytes(
            200,
            "text/html; charset=utf-8",
            "<!doctype html><title>Iniciar sesión</title><p>Iniciá sesión para seguir.</p>",
        ),
        Some(Ailment::Empty) => {
            let nothing = Feed::new(feed.site);
            calendar(write(name, &nothing, today, &stamp).into_bytes())
        }
        Some(Ailment::Truncated) => {
            let mut text = write(name, feed, today, &stamp).into_bytes();
            text.truncate(text.len() * 2 / 3);
            calendar(text)
        }
        Some(Ailment::Slow) | None => {
            let tag = format!("\"{}\"", fingerprint(feed, name, today));
            if known == Some(tag.as_str()) {
                return VendorResponse::bytes(304, "text/calendar; charset=utf-8", "").with("ETag", tag);
            }
            calendar(write(name, feed, today, &stamp).into_bytes()).with("ETag", tag)
        }
    }
}

/// Hash of a calendar's content, without its timestamp.
fn fingerprint(feed: &Feed, name: &str, today: Date) -> String {
    let text = write(name, feed, today, "");
    HEXLOWER.encode(&sha256(text.as_bytes())[..8])
}

fn gone() -> VendorResponse {
    VendorResponse::bytes(404, "text/plain", "Not Found")
}

fn write(name: &str, feed: &Feed, today: Date, stamp: &str) -> String {
    let lines = match feed.site {
        Site::Airbnb => airbnb(name, feed, today, stamp),
        Site::Booking => booking(name, feed, today, stamp),
    };
    lines.iter().map(|line| folded(line)).collect()
}

fn airbnb(name: &str, feed: &Feed, today: Date, stamp: &str) -> Vec<String> {
    let mut lines =
        header(&["PRODID:-//Airbnb Inc//Hosting Calendar 1.0//EN", "CALSCALE:GREGORIAN", "VERSION:2.0"]);
    let mut occupied = feed.occupied.clone();
    occupied.sort_by_key(|range| range.start);
    for range in occupied.iter().filter(|range| range.end >= today) {
        let (summary, uid) = match &range.code {
            Some(code) => ("Reserved", format!("1418fb94e984-{}", hash(&[name, code]))),
            None => {
                let first = range.start.to_string();
                let uid = format!("7f662ec65913-{}", hash(&[name, &first]));
                ("Airbnb (Not available)", uid)
            }
        };
        lines.push("BEGIN:VEVENT".to_owned());
        lines.push(format!("DTSTAMP:{stamp}"));
        lines.extend(days(range.start, range.end));
        lines.push(format!("SUMMARY:{}", range.label.as_deref().unwrap_or(summary)));
        lines.push(format!("UID:{uid}@airbnb.com"));
        if let Some(code) = &range.code {
            let last_digits = u32::from_str_radix(&hash(&[code])[..4], 16).unwrap_or(0) % 10_000;
            lines.push(format!(
                "DESCRIPTION:Reservation URL: https://www.airbnb.com/hosting/reservations/details/{code}\\nPhone Number (Last 4 Digits): {last_digits:04}"
            ));
        }
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines
}

fn booking(name: &str, feed: &Feed, today: Date, stamp: &str) -> Vec<String> {
    let mut lines = header(&[
        "VERSION:2.0",
        "PRODID:-//admin.booking.com\\\\\\, b.v.//NONSGML v1.0//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]);
    for (start, end) in melted(&feed.occupied, today) {
        lines.push("BEGIN:VEVENT".to_owned());
        lines.push(format!("DTSTAMP:{stamp}"));
        lines.extend(days(start, end));
        lines.push(format!("UID:{}@booking.com", hash(&[name, &start.to_string()])));
        lines.push("SUMMARY:CLOSED - Not available".to_owned());
        lines.push("ORGANIZER:mailto:noreply@booking.com".to_owned());
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines
}

/// Closed ranges from today on, adjacent ones merged.
fn melted(occupied: &[Occupied], today: Date) -> Vec<(Date, Date)> {
    let mut ranges: Vec<(Date, Date)> = occupied
        .iter()
        .filter(|range| range.end > today)
        .map(|range| (range.start.max(today), range.end))
        .collect();
    ranges.sort_unstable();
    let mut melted: Vec<(Date, Date)> = Vec::new();
    for (start, end) in ranges {
        match melted.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => melted.push((start, end)),
        }
    }
    melted
}

fn header(lines: &[&str]) -> Vec<String> {
    std::iter::once("BEGIN:VCALENDAR").chain(lines.iter().copied()).map(str::to_owned).collect()
}

fn days(start: Date, end: Date) -> [String; 2] {
    let day = |date: Date| date.strftime("%Y%m%d").to_string();
    [format!("DTSTART;VALUE=DATE:{}", day(start)), format!("DTEND;VALUE=DATE:{}", day(end))]
}

fn hash(parts: &[&str]) -> String {
    HEXLOWER.encode(&sha256(parts.join("/").as_bytes())[..16])
}

/// A line with CRLF, folded where it is too long. All our lines are ASCII.
fn folded(line: &str) -> String {
    let mut text = String::new();
    let mut room = LINE_OCTETS_MAX;
    for letter in line.chars() {
        if room == 0 {
            text.push_str("\r\n ");
            room = LINE_OCTETS_MAX - 1;
        }
        text.push(letter);
        room -= 1;
    }
    text.push_str("\r\n");
    text
}

#[cfg(test)]
#[path = "feeds_tests.rs"]
mod tests;
