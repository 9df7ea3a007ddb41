//! Walks the lines of a feed once, with a counter instead of recursion, and returns raw events and whether the
//! calendar was complete.

use super::event::{Keeps, Limits, Problem, ProblemKind};
use super::lines::{Property, decode, unescape, unfold};

/// Characters kept of an id. RFC 7986 asks for at most 255.
const UID_CHARS_MAX: usize = 255;
/// Characters kept of a label.
const SUMMARY_CHARS_MAX: usize = 200;
/// Most junk lines outside events that are listed.
const JUNK_LISTED_MAX: usize = 20;

/// An event's properties, as written.
#[derive(Debug, Default)]
pub(super) struct RawEvent {
    pub(super) uid: String,
    pub(super) start: Option<Property>,
    pub(super) end: Option<Property>,
    pub(super) duration: Option<String>,
    pub(super) recurrence_id: Option<Property>,
    pub(super) rules: Vec<String>,
    pub(super) excluded: Vec<Property>,
    pub(super) added: Vec<Property>,
    pub(super) summary: String,
    pub(super) status: String,
    pub(super) transparent: bool,
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
            "EXDATE" => self.excluded.push(property),
            "RDATE" => self.added.push(property),
            "SUMMARY" => self.summary = unescape(&property.value, SUMMARY_CHARS_MAX),
            "STATUS" => self.status = property.value.trim().to_ascii_uppercase(),
            "TRANSP" => self.transparent = property.value.trim().eq_ignore_ascii_case("TRANSPARENT"),
            _ => {}
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) complete: bool,
    pub(super) events: Vec<RawEvent>,
    pub(super) problems: Vec<Problem>,
}

/// Reads the components of a body. Stops at the first sign that the calendar is incomplete.
pub(super) fn walk(bytes: &[u8], limits: &Limits) -> Walk {
    let mut walker =
        Walker { limits: *limits, stack: Vec::new(), event: RawEvent::default(), walk: Walk::default() };
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
    walk: Walk,
}

impl Walker {
    fn run(&mut self, bytes: &[u8]) -> Result<(), ProblemKind> {
        if self.limits.bytes < bytes.len() {
            return Err(ProblemKind::TooLarge { limit: self.limits.bytes, unit: "bytes" });
        }
        let lines = unfold(bytes);
        let first = lines.iter().find(|line| !line.trim_ascii().is_empty()).ok_or(ProblemKind::Empty)?;
        check_opening(decode(first).trim())?;
        for (index, line) in lines.iter().enumerate() {
            let text = decode(line);
            if !text.trim().is_empty() {
                // Concatenated files have a byte order mark each.
                self.line(index + 1, text.trim_start().trim_start_matches('\u{feff}'))?;
            }
        }
        if self.stack.is_empty() { Ok(()) } else { Err(ProblemKind::Truncated) }
    }

    fn line(&mut self, number: usize, text: &str) -> Result<(), ProblemKind> {
        let Some(property) = Property::parse(text) else {
            self.junk(number);
            return Ok(());
        };
        match property.name.as_str() {
            "BEGIN" => self.begin(number, property.value.trim().to_ascii_uppercase()),
            "END" => self.end(number, &property.value.trim().to_ascii_uppercase()),
            _ if self.stack.is_empty() => {
                self.junk(number);
                Ok(())
            }
            _ => {
                if self.is_in_event() {
                    self.event.take(property);
                }
                Ok(())
            }
        }
    }

    fn begin(&mut self, line: usize, name: String) -> Result<(), ProblemKind> {
        let fits = match name.as_str() {
            "VCALENDAR" => self.stack.is_empty(),
            "VEVENT" => self.stack.len() == 1,
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
        if name == "VEVENT" && self.walk.events.len() == self.limits.events {
            return Err(ProblemKind::TooLarge { limit: self.limits.events, unit: "events" });
        }
        self.stack.push(name);
        Ok(())
    }

    fn end(&mut self, line: usize, name: &str) -> Result<(), ProblemKind> {
        if self.stack.last().map(String::as_str) != Some(name) {
            return Err(ProblemKind::BadNesting { line });
        }
        if self.is_in_event() {
            self.walk.events.push(std::mem::take(&mut self.event));
        }
        self.stack.pop();
        Ok(())
    }

    /// Directly inside an event, not in an alarm of it.
    fn is_in_event(&self) -> bool {
        self.stack.len() == 2 && self.stack[1] == "VEVENT"
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

fn check_opening(first: &str) -> Result<(), ProblemKind> {
    if first.get(..6).is_some_and(|begin| begin.eq_ignore_ascii_case("BEGIN:"))
        && first[6..].trim().eq_ignore_ascii_case("VCALENDAR")
    {
        return Ok(());
    }
    Err(match first.chars().next() {
        Some('<') => ProblemKind::WebPage,
        Some('{' | '[') => ProblemKind::Json,
        _ => ProblemKind::NotACalendar,
    })
}
