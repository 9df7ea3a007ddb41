//! suite

mod calendars;
mod sim;
mod understanding;
