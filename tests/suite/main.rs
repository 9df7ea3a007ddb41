//! suite

mod calendars;
mod sim;
mod speech;
mod understanding;
