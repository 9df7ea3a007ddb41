//! Calendars of other channels: read, merged into what we know, and written. Pure: bytes and instants come
//! in as arguments.
//!
//! [`read()`] turns a body into a [`Feed`] and says whether it came whole. [`merge`] compares feeds over time,
//! by nights and never by ids, and decides what is closed, what is free again and what is an echo of our own.
//! [`mod@write`] makes the calendars that others read from us.
//!
//! An import is: fetch with the validators of the last body that was *believed*; a body goes through [`read()`]
//! and [`merge::step`], a "not modified" through [`merge::step_unchanged`]; then, in one transaction, store
//! [`merge::Step::next`], take the nights of `added`, give back those of `removed`, and put `conflicts` before
//! the owner. A fetch that failed is no reading at all. Validators of a body that was not believed are not
//! kept, or the channel would go on answering that nothing changed.

mod classify;
mod components;
mod dates;
mod event;
mod kind;
mod lines;
pub mod merge;
mod nights;
mod read;
mod recur;
mod report;
mod state;
mod words;
pub mod write;
mod zones;

pub use classify::OWN_SUMMARY;
pub use event::{Event, Feed, Keeps, Limits, Problem, ProblemKind, ReadOptions};
pub use kind::Kind;
pub use nights::NightSet;
pub use read::read;
pub use recur::OCCURRENCES_MAX;
pub use report::{EventReport, FeedReport, report};
pub use state::{ChannelState, Missing, NightRecord};
