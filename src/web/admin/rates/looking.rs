//! Parameters of the page of prices.

use rocket::FromForm;

#[derive(FromForm, Clone, Default)]
pub(super) struct Looking {
    pub(super) cabin: Option<i64>,
    pub(super) year: Option<i16>,
    /// A tapped night: the form begins there.
    pub(super) from: Option<String>,
    /// The season being changed.
    pub(super) edit: Option<i64>,
    pub(super) arrive: Option<String>,
    pub(super) leave: Option<String>,
    pub(super) people: Option<u16>,
    pub(super) children: Option<String>,
    pub(super) pets: Option<u16>,
    pub(super) said: Option<String>,
}
