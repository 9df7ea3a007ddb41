//! Saving a change of the settings that a page showed.

use super::refused;
use crate::app::manage::{self, ManageError};
use crate::domain::settings::Settings;
use crate::web::admin::form::{LOOK_BELOW, Wrong};
use crate::web::admin::guard::SignedIn;
use crate::web::admin::page::Failed;
use crate::web::admin::reasons;
use crate::web::state::Web;
use std::sync::Arc;

/// Saves settings that were shown at `version`; a refusal returns its errors by field and a sentence.
pub(super) async fn save_as(
    web: &Web,
    by: &SignedIn,
    version: i64,
    change: impl FnOnce(&mut Settings) + Send + 'static,
) -> Result<Result<(), (Wrong, String)>, Failed> {
    let actor = by.actor();
    let context = Arc::clone(&web.app.context);
    let saved = web.app.store.write(move |tx| {
        let change = |known: &mut Settings| {
            change(known);
            Ok(())
        };
        manage::change_settings(tx, &context, Some(version), change, &actor)
    });
    let refused = match saved.await {
        Ok(_) => return Ok(Ok(())),
        Err(refused) => refused,
    };
    Ok(Err(match refused {
        ManageError::Settings(problems) => (refused::beside(&problems), LOOK_BELOW.into()),
        ManageError::Stale => {
            let why = "Otra persona guardó cambios mientras escribías. Abrí esta página de nuevo en otra pestaña, fijate cómo quedó y volvé a hacer los tuyos.";
            (Wrong::default(), why.into())
        }
        other => match reasons::manage_error(&other) {
            Some(why) => (Wrong::default(), why),
            None => return Err(other.into()),
        },
    }))
}
