//! Rows as an address names them.

use rocket::request::FromParam;
use std::convert::Infallible;

/// A number in an address. What is no number is no row's id: the answer is that there is no such thing.
#[derive(Debug, Clone, Copy)]
pub struct Id(pub i64);

impl<'a> FromParam<'a> for Id {
    type Error = Infallible;

    fn from_param(text: &'a str) -> Result<Id, Infallible> {
        Ok(Id(text.parse().unwrap_or(0)))
    }
}
