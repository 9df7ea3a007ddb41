//! A test of one way to reach the owner: "mandame una prueba".

use super::{AppContext, Error, notify};
use crate::dialogue::replies;
use crate::domain::notice::NoticeWay;
use crate::store::{WriteTx, settings};

/// Sends a test by one way; answers to how many numbers, browsers or addresses. None: the way is not set up.
pub fn send(tx: &mut WriteTx<'_>, context: &AppContext, way: NoticeWay) -> Result<usize, Error> {
    let (settings, _) = settings::load(tx)?;
    if !notify::is_set_up(tx, context, &settings, way)? {
        return Ok(0);
    }
    let body = replies::owner_test();
    let telling = notify::Telling {
        body: &body,
        short: &body,
        urgent: false,
        about: notify::About::Test,
        buttons: &[],
        header: None,
        guest: None,
        once_key: None,
    };
    Ok(notify::tell(tx, context, &settings, way, &telling)?.len())
}
