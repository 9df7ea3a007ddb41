//! What keeps messages from going out, told to the owner: each matter once, named by its cause, by a way that works.
//!
//! Nobody was promised it, so that it need not be written in the transaction that finds it.

use super::notice_row::{self, ROUND};
use super::promise::called;
use crate::app::stay_view::guest_of;
use crate::app::{AppContext, Error};
use crate::dialogue::{Failing, Notice, replies};
use crate::domain::attention::{AccountNotice, AttentionItem, AttentionKind};
use crate::domain::delivery_failure::{DeliveryCause, TemplateReason};
use crate::domain::notice::NoticeKind;
use crate::store::attention::{self, Attention, New};
use crate::store::{Read, WriteTx, jobs};

/// Matters that are told as soon as they are found.
const TOLD: [AttentionKind; 4] = [
    AttentionKind::Undelivered,
    AttentionKind::ProviderOutage,
    AttentionKind::WhatsappAccount,
    AttentionKind::SignaturesRefused,
];

/// Opens an attention item of one of the kinds that are told; the next round, which is due now, tells it.
pub fn failing(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<(), Error> {
    if attention::raise(tx, new)? {
        let now = tx.now();
        jobs::reschedule(tx, ROUND, now)?;
    }
    Ok(())
}

pub fn has_failures_to_tell(tx: &impl Read) -> Result<bool, Error> {
    Ok(attention::has_untold(tx, &TOLD)?)
}

/// Tells each open matter that has no notice yet.
pub fn tell_failures(tx: &mut WriteTx<'_>, context: &AppContext) -> Result<(), Error> {
    for item in attention::untold(tx, &TOLD)? {
        let Some(failing) = found(tx, &item)? else { continue };
        let kind = match failing {
            Failing::Provider { .. } | Failing::Signatures { .. } => NoticeKind::ProviderFailing,
            Failing::Delivery { .. } | Failing::Template { .. } | Failing::Account { .. } => {
                NoticeKind::DeliveryFailing
            }
        };
        let body = replies::owner(&Notice::Failing(failing), &context.moment(tx));
        let new = notice_row::New {
            kind,
            attention: item.id,
            urgent: false,
            at_once: false,
            words: "",
            body: &body,
        };
        notice_row::write(tx, context, &new)?;
    }
    Ok(())
}

/// `None` for details that this version can't read.
fn found(tx: &impl Read, item: &Attention) -> Result<Option<Failing>, Error> {
    Ok(match item.attention() {
        Some(AttentionItem::Undelivered(undelivered)) => {
            let guest = item.conversation_id.map(|id| guest_of(tx, id)).transpose()?;
            let guest = guest.as_ref().map(called).unwrap_or_default();
            let cause = DeliveryCause::of(&undelivered.code);
            Some(Failing::Delivery { guest, cause, code: undelivered.code })
        }
        Some(AttentionItem::ProviderOutage(outage)) => {
            let read = (outage.provider.parse().ok()).zip(outage.cause.parse().ok());
            read.map(|(provider, cause)| Failing::Provider { provider, cause })
        }
        Some(AttentionItem::SignaturesRefused(unsigned)) => {
            unsigned.provider.parse().ok().map(|provider| Failing::Signatures { provider })
        }
        Some(AttentionItem::WhatsappAccount(AccountNotice { template: Some(template), .. })) => {
            Some(Failing::Template { reason: TemplateReason::of(&template.reason), name: template.name })
        }
        Some(AttentionItem::WhatsappAccount(notice)) => Some(Failing::Account { summary: notice.summary }),
        _ => None,
    })
}
