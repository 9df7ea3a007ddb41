//! A simulated calendar: its style, its occupied ranges, and its fault.

use jiff::civil::Date;
use serde_json::{Value, json};

/// Style of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// Reservations with stable identifiers.
    Airbnb,
    Booking,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ailment {
    /// A calendar without events.
    Empty,
    /// An empty body.
    Blank,
    /// Cut in the middle of an event.
    Truncated,
    /// A web page instead.
    Html,
    /// Error 500.
    Error500,
    /// Gone: 404.
    Gone,
    Slow,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupied {
    pub start: Date,
    /// The morning after the last night.
    pub end: Date,
    /// A reservation's code; `None` is a block by the host.
    pub code: Option<String>,
    /// An Airbnb-like label in place of the usual one, as set by intermediate tools: a guest's name.
    pub label: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Feed {
    pub site: Site,
    pub occupied: Vec<Occupied>,
    pub ailment: Option<Ailment>,
}

impl Feed {
    /// An empty, healthy calendar.
    pub fn new(site: Site) -> Self {
        Self { site, occupied: Vec::new(), ailment: None }
    }

    pub fn to_json(&self) -> Value {
        let occupied: Vec<Value> = self
            .occupied
            .iter()
            .map(|range| {
                json!({
                    "start": range.start.to_string(),
                    "end": range.end.to_string(),
                    "code": range.code,
                    "label": range.label,
                })
            })
            .collect();
        json!({
            "site": self.site.code(),
            "occupied": occupied,
            "broken": self.ailment.map(Ailment::code),
        })
    }
}

impl Site {
    /// The word on the control API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Airbnb => "airbnb",
            Self::Booking => "booking",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Airbnb, Self::Booking].into_iter().find(|site| site.code() == code)
    }
}

impl Ailment {
    /// The word on the control API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Blank => "blank",
            Self::Truncated => "truncated",
            Self::Html => "html",
            Self::Error500 => "error500",
            Self::Gone => "gone",
            Self::Slow => "slow",
        }
    }

    /// The fault of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Empty, Self::Blank, Self::Truncated, Self::Html, Self::Error500, Self::Gone, Self::Slow]
            .into_iter()
            .find(|ailment| ailment.code() == code)
    }
}
