//! Calendars of other channels: read, merged into the known state, and written. Pure: bytes and instants come in
//! as arguments.
//!
//! [`read()`] turns a body into a [`Feed`] and says whether it was complete. [`merge`] compares feeds over time,
//! by nights and never by ids, and decides which nights are closed, free again, or an echo of our own.
//! [`mod@write`] makes the calendars that others read from us.
//!
//! An import is: fetch with the validators of the last body that was *believed*; a body goes through [`read()`]
//! and [`merge::step`], a "not modified" through [`merge::step_unchanged`]; then, in one transaction, store
//! [`merge::Step::next`], take the nights of `added`, free those of `removed`, and list `conflicts` for the owner.
//! A failed fetch is not a reading. Validators of a body that was not believed are not kept, or the channel would
//! go on answering that nothing changed.

pub mod absence;
mod classify;
mod components;
mod dates;
pub mod echo;
mod editions;
mod event;
mod held;
mod kind;
mod lines;
pub mod merge;
mod nights;
mod occurrences;
mod read;
mod reading;
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
pub use report::{EventReport, FeedReport, report};
pub use state::{ChannelState, Missing, NightRecord};
