//! Jobs of kinds that only another version knows: they stay queued, and the owner is told once per kind. A
//! version that knows the kind does them.

use super::{App, Error};
use crate::domain::attention::{AttentionItem, AttentionKind, UnknownWork};
use crate::store::unknown::{self, Unknown};
use crate::store::{Read, attention};

/// Lists each unknown kind, and settles the listed ones without jobs left.
pub async fn look(app: &App) -> Result<(), Error> {
    let (fresh, gone) = app.store.read(|tx| changes(tx)).await?;
    if fresh.is_empty() && gone.is_empty() {
        return Ok(());
    }
    app.store
        .write(|tx| {
            let (fresh, gone) = changes(tx)?;
            for kind in gone {
                attention::settle(tx, AttentionKind::UnknownWork, &kind)?;
            }
            for work in fresh {
                tracing::warn!(
                    kind = work.code,
                    pieces = work.rows,
                    "queued work of another version is kept undone"
                );
                let attention =
                    AttentionItem::UnknownWork(UnknownWork { kind: work.code.clone(), pieces: work.rows });
                attention::raise(tx, &attention::New::of(attention, &work.code))?;
            }
            Ok(())
        })
        .await
}

/// Kinds not listed yet, and listed ones without jobs left.
fn changes(tx: &impl Read) -> Result<(Vec<Unknown>, Vec<String>), Error> {
    let mut found = unknown::work(tx)?;
    let mut listed = attention::subjects(tx, AttentionKind::UnknownWork)?;
    let gone = |kind: &String| found.iter().all(|work| work.code != *kind);
    let (gone, known): (Vec<_>, Vec<_>) = listed.drain(..).partition(gone);
    found.retain(|work| !known.contains(&work.code));
    Ok((found, gone))
}
