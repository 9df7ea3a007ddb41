//! casero
fn main() {}
