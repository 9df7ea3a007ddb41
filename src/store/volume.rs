//! Counts of sent messages: the basis of WhatsApp's bill.

use super::tx::all;
use super::{Read, StoreError};
use jiff::Timestamp;

/// Messages of one form and pricing category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// Form (`text`, `buttons`, `template`, …).
    pub kind: String,
    /// WhatsApp's pricing category, once a delivery report named it.
    pub category: Option<String>,
    pub sent: u64,
    /// Messages that delivery reports called billable.
    pub billable: u64,
    /// Messages that delivery reports called free.
    pub free: u64,
}

/// Messages sent in `from..to`, by form and category.
pub fn sent(tx: &impl Read, from: Timestamp, to: Timestamp) -> Result<Vec<Volume>, StoreError> {
    all(tx, SENT, [from.as_millisecond(), to.as_millisecond()], |row| {
        let number = |name: &str| Ok::<_, StoreError>(row.get::<_, i64>(name)?.unsigned_abs());
        Ok(Volume {
            kind: row.get("kind")?,
            category: row.get("category")?,
            sent: number("sent")?,
            billable: number("billable")?,
            free: number("free")?,
        })
    })
}

/// Reads the index `outbound_sent` alone.
pub(super) const SENT: &str = "SELECT kind, category, count(*) AS sent, sum(billable IS 1) AS billable,
        sum(billable IS 0) AS free
     FROM outbound WHERE sent_at >= ?1 AND sent_at < ?2 GROUP BY kind, category ORDER BY kind, category";
