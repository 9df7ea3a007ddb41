//! Pages for guests: their own reservation behind a secret link, booking without a chat, and the legal
//! withdrawal. In all our languages, without an account.

mod book;
mod page;
mod paid;
mod stay;
mod withdraw;

use crate::web::gate::Gated;

pub(super) fn routes() -> Vec<Gated> {
    [stay::routes(), book::routes(), paid::routes(), withdraw::routes()].concat()
}
