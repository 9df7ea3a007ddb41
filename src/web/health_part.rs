//! Health of one part: found by the code that knows the part, shown together.

use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartName {
    Database,
    Disk,
    Calendars,
    Whatsapp,
    Mercadopago,
    Speech,
    Outbox,
    /// Queued jobs that this version can't do.
    Work,
    Backups,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    Ok,
    Warn,
    Fail,
    /// Without credentials.
    Off,
}

/// How one part is.
#[derive(Serialize, ToSchema)]
pub struct Part {
    /// `database`, `disk`, `calendars`, `whatsapp`, `mercadopago`, `speech`, `outbox`, `work` or `backups`.
    #[schema(value_type = String)]
    pub name: PartName,
    /// `ok`, `warn`, `fail`, or `off` for what has no credentials.
    #[schema(value_type = String)]
    pub state: PartState,
    /// What there is to say about it.
    pub detail: String,
}

impl Part {
    /// A part in a state.
    pub fn new(name: PartName, state: PartState, detail: impl Into<String>) -> Part {
        Part { name, state, detail: detail.into() }
    }
}
