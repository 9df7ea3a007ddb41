//! How one part of casero is: found by whoever knows the part, shown together.

use serde::Serialize;
use utoipa::ToSchema;

/// How one part is.
#[derive(Serialize, ToSchema)]
pub struct Part {
    /// `database`, `disk`, `calendars`, `whatsapp`, `mercadopago`, `speech`, `outbox` or `backups`.
    pub name: &'static str,
    /// `ok`, `warn`, `fail`, or `off` for what has no credentials.
    pub state: &'static str,
    /// What there is to say about it.
    pub detail: String,
}

impl Part {
    /// A part in a state.
    pub fn new(name: &'static str, state: &'static str, detail: impl Into<String>) -> Part {
        Part { name, state, detail: detail.into() }
    }
}
