//! suite

mod sim;
