//! Reservations: made, found, moved along, and as a table for a spreadsheet.

pub mod create;
pub mod csv;
mod find;
pub mod list;
pub mod moves;
pub mod view;
