//! The result of reading a feed: events with nights, and problems.

use super::kind::Kind;
use super::nights::NightSet;
use jiff::{ToSpan, civil::Date, tz::TimeZone};

#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The property's zone, in which nights begin.
    pub timezone: TimeZone,
    /// The property's civil day; sliding blocks and the horizon are relative to it.
    pub today: Date,
    /// Limits of a feed.
    pub limits: Limits,
}

impl ReadOptions {
    pub fn new(timezone: TimeZone, today: Date) -> ReadOptions {
        ReadOptions { timezone, today, limits: Limits::DEFAULT }
    }

    /// The first day beyond the horizon.
    pub fn horizon(&self) -> Date {
        self.today.saturating_add(self.limits.months_ahead.months())
    }
}

/// Limits of a feed. A feed beyond any of these is not believed, so that it frees no nights either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Body size. The largest real feed seen has 64 KB; two megabytes are thirty years of it.
    pub bytes: usize,
    /// Events that are not over, occurrences of recurring ones included. A cabin sells fewer than 400 nights a year.
    pub events: usize,
    /// Components inside each other.
    pub depth: usize,
    /// The horizon in months. No channel sells further than 24 months ahead.
    pub months_ahead: i32,
    /// Occurrences that all recurrence rules together may visit: every hour of four years.
    pub occurrences: u32,
}

impl Limits {
    /// The service's limits.
    pub const DEFAULT: Limits =
        Limits { bytes: 2 * 1024 * 1024, events: 5_000, depth: 16, months_ahead: 24, occurrences: 35_000 };
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Whether the calendar was complete. When false nothing in it may be believed: above all, a night missing
    /// from it is not free.
    pub complete: bool,
    /// Events with nights, by start; recurring events once per occurrence.
    pub events: Vec<Event>,
    /// The union of the events' nights up to the horizon.
    pub nights: NightSet,
    /// Unreadable parts, and guesses made.
    pub problems: Vec<Problem>,
}

/// An event that holds nights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The channel's id, empty when it gave none. Never identifies a stay: channels reuse and rotate ids.
    pub uid: String,
    pub start: Date,
    /// The first free night after it.
    pub end: Date,
    /// The label, unescaped and shortened. May hold a guest's name: not for logs.
    pub summary: String,
    pub kind: Kind,
    /// Neither a stay nor a decision of the host; see [`Kind::is_soft`].
    pub soft: bool,
    /// First night of the channel's horizon, which slides every day. Earlier nights may be a stay that the channel
    /// merged with it.
    pub window_from: Option<Date>,
}

impl Event {
    /// The kind of the event on one of its nights.
    pub fn kind_on(&self, night: Date) -> Kind {
        match self.window_from {
            Some(from) if from <= night => Kind::Window,
            Some(_) | None => self.kind,
        }
    }
}

/// Something wrong with a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub what: ProblemKind,
    /// Which known nights must stay closed because of it.
    pub keeps: Keeps,
}

/// The nights to keep closed because something could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeps {
    /// None: the reading lost no night.
    Nothing,
    /// The nights that this id held before.
    Uid(String),
    /// Unknown: all nights are freed with the long wait.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProblemKind {
    #[error("the answer is empty")]
    Empty,
    /// A web page instead of a calendar.
    #[error("this is a web page, not a calendar")]
    WebPage,
    /// A JSON answer instead of a calendar.
    #[error("this is a JSON answer, not a calendar")]
    Json,
    /// Something else instead of a calendar.
    #[error("it does not begin with BEGIN:VCALENDAR")]
    NotACalendar,
    /// Cut before `END:VCALENDAR`.
    #[error("the calendar is cut: END:VCALENDAR is missing")]
    Truncated,
    /// A component closed that was not open, or opened in a wrong place.
    #[error("line {line}: components are badly nested")]
    BadNesting {
        /// Unfolded line, from 1.
        line: usize,
    },
    /// Larger than the limit.
    #[error("larger than what we read: more than {limit} {unit}")]
    TooLarge { limit: usize, unit: &'static str },
    /// Text after the last `END:VCALENDAR`; no night is lost.
    #[error("line {line}: text after the calendar's end")]
    TrailingText {
        /// Unfolded line, from 1.
        line: usize,
    },
    /// A line that is not a property.
    #[error("line {line}: not a calendar line")]
    JunkLine {
        /// Unfolded line, from 1.
        line: usize,
    },
    /// An event without id.
    #[error("an event has no UID")]
    NoUid,
    /// An event without a readable start.
    #[error("event {uid}: DTSTART is missing or no date")]
    BadStart { uid: String },
    /// An event whose end could not be read; it was given one night.
    #[error("event {uid}: the end is no date, one night assumed")]
    BadEnd { uid: String },
    /// An event that ends at or before its start, or on the same day; it was given one night.
    #[error("event {uid}: ends on or before its first day, one night assumed")]
    NoNights { uid: String },
    /// Two different starts or ids in one event: lines between two events were lost.
    #[error("event {uid}: {name} appears twice with different values")]
    Doubled { uid: String, name: &'static str },
    /// A recurrence that could not be followed; what was understood counts.
    #[error("event {uid}: recurrence not followed ({why})")]
    Recurrence {
        uid: String,
        /// The unsupported part.
        why: &'static str,
    },
    /// A recurrence with more occurrences than the limit.
    #[error("event {uid}: recurs more often than we expand")]
    RecursTooOften { uid: String },
    /// An event with nights that its calendar shows as free time.
    #[error("event {uid}: marked as free time (TRANSP:TRANSPARENT), its nights are not closed")]
    ShownAsFree { uid: String },
    /// An event that begins beyond the horizon.
    #[error("event {uid}: begins too far ahead to matter")]
    BeyondHorizon { uid: String },
    /// An unknown time zone; the property's was used.
    #[error("unknown time zone {name}, read as local time")]
    UnknownZone { name: String },
    /// More problems than are listed.
    #[error("and more problems that are not listed")]
    More,
}
