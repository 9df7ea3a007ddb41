//! Records backups and restore drills; a failure is an attention item for the owner until one succeeds.

use super::{AppContext, Error, notify};
use crate::dialogue::Notice;
use crate::domain::attention::{AttentionItem, AttentionKind};
use crate::store::{WriteTx, attention, operations};

/// Subject of the attention items: there is one database.
const SUBJECT: &str = "database";

pub fn failed(tx: &mut WriteTx<'_>) -> Result<(), Error> {
    raise(tx, AttentionItem::BackupFailed)
}

pub fn made(tx: &mut WriteTx<'_>) -> Result<(), Error> {
    Ok(attention::settle(tx, AttentionKind::BackupFailed, SUBJECT)?)
}

/// Records a restore drill with the backup `name`: the number of rows found, or the failure.
pub fn drilled(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    name: &str,
    found: Result<u64, String>,
) -> Result<(), Error> {
    match found {
        Ok(rows) => {
            operations::drilled(tx, name, rows, "")?;
            Ok(attention::settle(tx, AttentionKind::BackupUnusable, SUBJECT)?)
        }
        Err(problem) => {
            operations::drilled(tx, name, 0, &problem)?;
            raise(tx, AttentionItem::BackupUnusable)?;
            notify::owner_once(tx, context, &Notice::BackupUnusable, &format!("owner:copy:{name}"))
        }
    }
}

fn raise(tx: &mut WriteTx<'_>, attention: AttentionItem) -> Result<(), Error> {
    attention::raise(tx, &attention::New::of(attention, SUBJECT))?;
    Ok(())
}
