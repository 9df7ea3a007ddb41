//! One binary for every test that runs the product from outside.

mod api;
mod calendars;
mod dialogues;
mod harness;
mod journeys;
mod sim;
mod speech;
mod tidy;
mod understanding;
