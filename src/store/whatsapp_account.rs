//! The WhatsApp business account and its message templates, as Meta last told them.

use super::codec::{coded, instant, instant_or_none};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::code::Coded;
use crate::domain::whatsapp_account::{NumberState, TemplateState, TemplateStatus};
use jiff::Timestamp;
use rusqlite::{named_params, params};

/// The account's row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// As learned from notifications.
    pub business_account_id: Option<String>,
    pub number: NumberState,
    pub subscribed: Option<bool>,
    /// Code of the failure of the last look.
    pub problem: String,
    pub checked_at: Option<Timestamp>,
    /// When the templates were last listed.
    pub templates_at: Option<Timestamp>,
}

/// What one look at the account found; what could not be asked is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    pub number: Option<NumberState>,
    pub subscribed: Option<bool>,
    pub templates: Option<Vec<TemplateState>>,
    /// Code of the first failure; empty when there was none.
    pub problem: String,
}

pub fn find(tx: &impl Read) -> Result<Account, StoreError> {
    Ok(one(tx, "SELECT * FROM whatsapp_account", [], account)?.unwrap_or_default())
}

/// Keeps the account's id; `false` when it was known.
pub fn learn(tx: &mut WriteTx<'_>, id: &str) -> Result<bool, StoreError> {
    if find(tx)?.business_account_id.as_deref() == Some(id) {
        return Ok(false);
    }
    tx.run(
        "INSERT INTO whatsapp_account (id, business_account_id) VALUES (1, ?1)
         ON CONFLICT (id) DO UPDATE SET business_account_id = ?1",
        [id],
    )?;
    Ok(true)
}

/// Keeps what a look found. A failure leaves what was known before.
pub fn looked(tx: &mut WriteTx<'_>, look: &Look) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    let number = look.number.clone().unwrap_or(find(tx)?.number);
    tx.run(
        "INSERT INTO whatsapp_account (id, number, name, status, name_status, quality, messaging_limit, on_app,
                                       subscribed, problem, checked_at, templates_at)
         VALUES (1, :number, :name, :status, :name_status, :quality, :limit, :on_app, :subscribed, :problem, :now,
                 CASE :listed WHEN 1 THEN :now END)
         ON CONFLICT (id) DO UPDATE SET number = :number, name = :name, status = :status, name_status = :name_status,
             quality = :quality, messaging_limit = :limit, on_app = :on_app,
             subscribed = coalesce(:subscribed, subscribed), problem = :problem, checked_at = :now,
             templates_at = CASE :listed WHEN 1 THEN :now ELSE templates_at END",
        named_params! {
            ":number": number.number, ":name": number.name, ":status": number.status,
            ":name_status": number.name_status, ":quality": number.quality, ":limit": number.messaging_limit,
            ":on_app": number.on_app, ":subscribed": look.subscribed, ":problem": look.problem, ":now": now,
            ":listed": look.templates.is_some(),
        },
    )?;
    let Some(templates) = &look.templates else { return Ok(()) };
    tx.run("DELETE FROM whatsapp_template", [])?;
    templates.iter().try_for_each(|template| put_template(tx, template))
}

/// Makes the next look due: something of the account changed.
pub fn look_again(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    tx.run("UPDATE whatsapp_account SET checked_at = 0 WHERE checked_at IS NOT NULL", [])?;
    Ok(())
}

pub fn put_template(tx: &mut WriteTx<'_>, template: &TemplateState) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO whatsapp_template (name, language, status, reason, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (name, language) DO UPDATE SET status = ?3, reason = ?4, changed_at = ?5",
        params![template.name, template.language, template.status.code(), template.reason, now],
    )?;
    Ok(())
}

/// A template's state and since when; `None` when it was never told.
pub fn template(
    tx: &impl Read,
    name: &str,
    language: &str,
) -> Result<Option<(Coded<TemplateStatus>, Timestamp)>, StoreError> {
    let sql = "SELECT status, changed_at FROM whatsapp_template WHERE name = ?1 AND language = ?2";
    one(tx, sql, [name, language], |row| Ok((coded(row, "status")?, instant(row, "changed_at")?)))
}

pub fn templates(tx: &impl Read) -> Result<Vec<TemplateState>, StoreError> {
    all(tx, "SELECT * FROM whatsapp_template ORDER BY name, language", [], |row| {
        Ok(TemplateState {
            name: row.get("name")?,
            language: row.get("language")?,
            status: coded(row, "status")?,
            reason: row.get("reason")?,
        })
    })
}

fn account(row: &Row<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        business_account_id: row.get("business_account_id")?,
        number: NumberState {
            number: row.get("number")?,
            name: row.get("name")?,
            status: row.get("status")?,
            name_status: row.get("name_status")?,
            quality: row.get("quality")?,
            messaging_limit: row.get("messaging_limit")?,
            on_app: row.get("on_app")?,
        },
        subscribed: row.get("subscribed")?,
        problem: row.get("problem")?,
        checked_at: instant_or_none(row, "checked_at")?,
        templates_at: instant_or_none(row, "templates_at")?,
    })
}
