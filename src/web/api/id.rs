//! Ids in an address.

use rocket::request::FromParam;
use std::convert::Infallible;

/// A numeric id in an address. Anything else is no row's id and answers 404.
#[derive(Debug, Clone, Copy)]
pub struct Id(pub i64);

impl<'a> FromParam<'a> for Id {
    type Error = Infallible;

    fn from_param(text: &'a str) -> Result<Id, Infallible> {
        Ok(Id(text.parse().unwrap_or(0)))
    }
}
