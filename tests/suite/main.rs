//! suite

mod sim;
mod understanding;
