//! Walks the lines of a feed once, with a counter instead of recursion, and returns raw events and whether the
//! calendar was complete.

use super::event::{Keeps, Limits, Problem, ProblemKind};
use super::lines::{Property, decode, from_utf16, unescape, unfold};

/// Characters kept of an id. RFC 7986 asks for at most 255.
const UID_CHARS_MAX: usize = 255;
/// Characters kept of a label.
const SUMMARY_CHARS_MAX: usize = 200;
/// Most junk lines outside events that are listed.
const JUNK_LISTED_MAX: usize = 20;

/// Components whose end out of place means that lines were lost. Any other end that fits nothing is text.
const COMPONENTS: [&str; 5] = ["VCALENDAR", "VEVENT", "VFREEBUSY", "VALARM", "VTIMEZONE"];
/// Properties with free text, whose raw line breaks leave lines that look like properties.
const TEXTS: [&str; 5] = ["DESCRIPTION", "SUMMARY", "LOCATION", "COMMENT", "CONTACT"];

/// An event's properties, as written.
#[derive(Debug, Default, Clone)]
pub(super) struct RawEvent {
    pub(super) uid: String,
    pub(super) start: Option<Property>,
    pub(super) end: Option<Property>,
    pub(super) duration: Option<String>,
    pub(super) recurrence_id: Option<Property>,
    pub(super) rules: Vec<String>,
    /// Rules of exceptions, which the format has given up.
    pub(super) excluding_rules: Vec<String>,
    pub(super) excluded: Vec<Property>,
    pub(super) added: Vec<Property>,
    pub(super) summary: String,
    pub(super) status: String,
    pub(super) transparent: bool,
    /// Which edition of the event this is.
    pub(super) sequence: i64,
    /// When this edition was written, in digits that sort by time.
    pub(super) written_at: String,
    /// Nights of a free/busy component.
    pub(super) busy: Vec<Property>,
    pub(super) doubled: Option<&'static str>,
    pub(super) junk_line: Option<usize>,
}

impl RawEvent {
    /// The nights to keep closed when this event can't be read.
    pub(super) fn keeps(&self) -> Keeps {
        if self.uid.is_empty() { Keeps::Unknown } else { Keeps::Uid(self.uid.clone()) }
    }

    /// The id for a problem's text.
    pub(super) fn name(&self) -> String {
        if self.uid.is_empty() { "without UID".to_owned() } else { self.uid.chars().take(80).collect() }
    }

    fn take(&mut self, property: Property) {
        match property.name.as_str() {
            "UID" => {
                let uid: String = property.value.trim().chars().take(UID_CHARS_MAX).collect();
                if self.uid.is_empty() {
                    self.uid = uid;
                } else if self.uid != uid {
                    self.doubled = Some("UID");
                }
            }
            "DTSTART" => match &self.start {
                Some(first) if first.value != property.value => self.doubled = Some("DTSTART"),
                Some(_) => {}
                None => self.start = Some(property),
            },
            "DTEND" => match &self.end {
                Some(first) if first.value != property.value => self.doubled = Some("DTEND"),
                Some(_) => {}
                None => self.end = Some(property),
            },
            "DURATION" => self.duration = Some(property.value),
            "RECURRENCE-ID" => self.recurrence_id = Some(property),
            "RRULE" => self.rules.push(property.value),
            "EXRULE" => self.excluding_rules.push(property.value),
            "EXDATE" => self.excluded.push(property),
            "RDATE" => self.added.push(property),
            "SUMMARY" => self.summary = unescape(&property.value, SUMMARY_CHARS_MAX),
            "STATUS" => self.status = property.value.trim().to_ascii_uppercase(),
            "TRANSP" => self.transparent = property.value.trim().eq_ignore_ascii_case("TRANSPARENT"),
            "SEQUENCE" => self.sequence = property.value.trim().parse().unwrap_or(0),
            "LAST-MODIFIED" => self.written_at = property.value,
            "DTSTAMP" if self.written_at.is_empty() => self.written_at = property.value,
            "FREEBUSY" => self.busy.push(property),
            _ => {}
        }
    }

    /// `CANCELED` is the American spelling.
    pub(super) fn is_cancelled(&self) -> bool {
        matches!(self.status.as_str(), "CANCELLED" | "CANCELED")
    }
}

#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) complete: bool,
    pub(super) events: Vec<RawEvent>,
    pub(super) problems: Vec<Problem>,
    /// The zone that the calendar names for all of it.
    pub(super) zone: Option<String>,
}

/// Reads the components of a body. Stops at the first sign that the calendar is incomplete.
pub(super) fn walk(bytes: &[u8], limits: &Limits) -> Walk {
    let mut walker = Walker {
        limits: *limits,
        stack: Vec::new(),
        event: RawEvent::default(),
        cancels: false,
        first_event: 0,
        in_text: false,
        walk: Walk::default(),
    };
    match walker.run(bytes) {
        Ok(()) => walker.walk.complete = true,
        Err(what) => walker.walk.problems.push(Problem { what, keeps: Keeps::Unknown }),
    }
    walker.walk
}

struct Walker {
    limits: Limits,
    stack: Vec<String>,
    event: RawEvent,
    /// All of the open calendar is a cancellation.
    cancels: bool,
    /// Index of the open calendar's first event.
    first_event: usize,
    /// The last line was free text or its rest.
    in_text: bool,
    walk: Walk,
}

impl Walker {
    fn run(&mut self, bytes: &[u8]) -> Result<(), ProblemKind> {
        if self.limits.bytes < bytes.len() {
            return Err(ProblemKind::TooLarge { limit: self.limits.bytes, unit: "bytes" });
        }
        let recoded = from_utf16(bytes);
        let lines = unfold(recoded.as_deref().unwrap_or(bytes));
        let first = lines.iter().find(|line| !line.trim_ascii().is_empty()).ok_or(ProblemKind::Empty)?;
        // A web server may say something before it; a page that holds no calendar is none.
        let opening = lines.iter().position(|line| is_opening(line)).ok_or_else(|| instead(first))?;
        for (index, line) in lines.iter().enumerate().skip(opening) {
            let text = decode(line);
            let text = text.trim();
            let text = if index == opening { &text[text.len() - OPENING.len()..] } else { text };
            if !text.is_empty() {
                // Concatenated files have a byte order mark each.
                self.line(index + 1, text.trim_start_matches('\u{feff}'))?;
            }
        }
        if self.stack.is_empty() { Ok(()) } else { Err(ProblemKind::Truncated) }
    }

    fn line(&mut self, number: usize, text: &str) -> Result<(), ProblemKind> {
        let Some(property) = Property::parse(text).filter(|_| !self.is_rest_of_text(text)) else {
            self.junk(number);
            return Ok(());
        };
        self.in_text = TEXTS.contains(&property.name.as_str());
        match property.name.as_str() {
            "BEGIN" => match component(&property.value) {
                Some(name) => self.begin(number, name)?,
                None => self.junk(number),
            },
            "END" => match component(&property.value) {
                Some(name) if self.stack.contains(&name) || COMPONENTS.contains(&name.as_str()) => {
                    self.end(number, &name)?;
                }
                Some(_) | None => self.junk(number),
            },
            _ if self.stack.is_empty() => self.junk(number),
            "METHOD" if self.stack.len() == 1 => {
                self.cancels = property.value.trim().eq_ignore_ascii_case("CANCEL");
            }
            "X-WR-TIMEZONE" if self.stack.len() == 1 => self.walk.zone = Some(property.value.trim().into()),
            _ if self.is_in_event() => self.event.take(property),
            _ => {}
        }
        Ok(())
    }

    /// After a text with raw line breaks, a name that no program would write so (`Status: cancelled`) is its rest.
    fn is_rest_of_text(&self, text: &str) -> bool {
        let name = text.split([':', ';']).next().unwrap_or(text);
        let mixed = name.bytes().any(|byte| byte.is_ascii_lowercase())
            && name.bytes().any(|byte| byte.is_ascii_uppercase());
        self.in_text && mixed
    }

    fn begin(&mut self, line: usize, name: String) -> Result<(), ProblemKind> {
        let fits = match name.as_str() {
            "VCALENDAR" => self.stack.is_empty(),
            "VEVENT" | "VFREEBUSY" => self.stack.len() == 1,
            _ => !self.stack.is_empty(),
        };
        if !fits {
            return Err(ProblemKind::BadNesting { line });
        }
        if self.stack.len() == self.limits.depth {
            return Err(ProblemKind::TooLarge {
                limit: self.limits.depth,
                unit: "components inside each other",
            });
        }
        if name == "VCALENDAR" {
            self.cancels = false;
            self.first_event = self.walk.events.len();
        }
        self.stack.push(name);
        Ok(())
    }

    fn end(&mut self, line: usize, name: &str) -> Result<(), ProblemKind> {
        if self.stack.last().map(String::as_str) != Some(name) {
            return Err(ProblemKind::BadNesting { line });
        }
        if self.is_in_event() {
            let event = std::mem::take(&mut self.event);
            match name {
                "VEVENT" => self.walk.events.push(event),
                _ => self.walk.events.extend(periods_of(event)),
            }
        }
        if name == "VCALENDAR" && self.cancels {
            let events = &mut self.walk.events[self.first_event..];
            events.iter_mut().for_each(|event| event.status = "CANCELLED".to_owned());
        }
        self.stack.pop();
        Ok(())
    }

    /// Directly inside an event or a free/busy component, not in an alarm of it.
    fn is_in_event(&self) -> bool {
        self.stack.len() == 2 && matches!(self.stack[1].as_str(), "VEVENT" | "VFREEBUSY")
    }

    fn junk(&mut self, line: usize) {
        if self.is_in_event() {
            self.event.junk_line.get_or_insert(line);
        } else if self.walk.problems.len() < JUNK_LISTED_MAX {
            let what = if self.stack.is_empty() {
                ProblemKind::TrailingText { line }
            } else {
                ProblemKind::JunkLine { line }
            };
            self.walk.problems.push(Problem { what, keeps: Keeps::Nothing });
        }
    }
}

/// One event for each line of a free/busy component that says when somebody is there.
fn periods_of(component: RawEvent) -> impl Iterator<Item = RawEvent> {
    let RawEvent { uid, busy, .. } = component;
    busy.into_iter().filter_map(move |line| {
        let kind = line.param("FBTYPE").unwrap_or("BUSY").to_ascii_uppercase();
        let status = if kind == "BUSY-TENTATIVE" { "TENTATIVE" } else { "" };
        (kind != "FREE").then(|| RawEvent {
            uid: uid.clone(),
            status: status.to_owned(),
            busy: vec![line],
            ..RawEvent::default()
        })
    })
}

/// A component's name; `None` when it can't be one.
fn component(value: &str) -> Option<String> {
    let name = value.trim().to_ascii_uppercase();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then_some(name)
}

const OPENING: &[u8] = b"BEGIN:VCALENDAR";

fn is_opening(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    line.len().checked_sub(OPENING.len()).is_some_and(|at| line[at..].eq_ignore_ascii_case(OPENING))
}

/// What a body is that holds no calendar.
fn instead(first: &[u8]) -> ProblemKind {
    match first.trim_ascii_start().first() {
        Some(b'<') => ProblemKind::WebPage,
        Some(b'{' | b'[') => ProblemKind::Json,
        _ => ProblemKind::NotACalendar,
    }
}
