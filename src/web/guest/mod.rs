//! The pages that guests see: their own reservation behind a secret link, a way to book without a chat, and
//! the withdrawal that the law asks for. In every language that we speak, without an account.

mod book;
mod page;
mod paid;
mod stay;
mod withdraw;

use crate::web::gate::Gated;

pub(super) fn routes() -> Vec<Gated> {
    [stay::routes(), book::routes(), paid::routes(), withdraw::routes()].concat()
}
