//! What the page of prices is asked to show.

use rocket::FromForm;

#[derive(FromForm, Clone, Default)]
pub(super) struct Looking {
    pub(super) cabin: Option<i64>,
    pub(super) year: Option<i16>,
    /// A night that was tapped: the form begins there.
    pub(super) from: Option<String>,
    /// The season that is being changed.
    pub(super) edit: Option<i64>,
    pub(super) arrive: Option<String>,
    pub(super) leave: Option<String>,
    pub(super) people: Option<u16>,
    pub(super) children: Option<String>,
    pub(super) pets: Option<u16>,
    pub(super) said: Option<String>,
}
