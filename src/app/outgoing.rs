//! Sending of letters and pushes, one job each. A refusal is recorded with its code, the notice goes on by its next way,
//! and the owner hears of the cause once.

use super::{App, AppContext, Error, notify};
use crate::domain::attention::{AttentionItem, AttentionKind, Failed};
use crate::domain::ids::{MailId, PushId};
use crate::domain::job::JobKind;
use crate::domain::notice::NoticeWay;
use crate::ports::error::PortError;
use crate::ports::mail::Letter;
use crate::ports::push::{GONE, PushMessage, PushSubscription};
use crate::store::{Read, WriteTx, attention, mails, notices, pushes};
use jiff::SignedDuration;
use std::sync::Arc;
use std::time::Duration;

/// Age at which a letter or push about a notice is given up: by then another way told it, or it is on the page.
const NOTICE_AGE_MAX: SignedDuration = SignedDuration::from_hours(6);
/// The same for a guest's letter.
const LETTER_AGE_MAX: SignedDuration = SignedDuration::from_hours(48);
/// Failure code of a push whose browser logged out before it was sent.
const LOGGED_OUT: &str = "logged_out";
/// How long a service keeps a push for a phone that is off.
const KEEP: Duration = Duration::from_secs(6 * 3600);

/// Sends one letter.
pub async fn send_mail(app: &App, id: MailId) -> Result<(), Error> {
    let found = app.store.write(move |tx| due_mail(tx, id)).await?;
    let Some(mail) = found else { return Ok(()) };
    let letter = Letter {
        to: mail.to.clone(),
        subject: mail.subject.clone(),
        body: mail.body.clone(),
        tag: mail.tag.clone(),
        written_at: mail.created_at,
    };
    let sent = app.outside(move |ports| ports.mail.send(&letter)).await;
    let age_max = if mail.reservation_id.is_some() { LETTER_AGE_MAX } else { NOTICE_AGE_MAX };
    let context = Arc::clone(&app.context);
    let again = app
        .store
        .write(move |tx| match judge(sent, tx.now().duration_since(mail.created_at), age_max) {
            Fate::Accepted => {
                mails::accepted(tx, id)?;
                settle(tx, JobKind::SendMail)?;
                Ok(None)
            }
            Fate::Again(error) => Ok(Some(error)),
            Fate::GivenUp(code) => {
                mails::failed(tx, id, &code)?;
                notify::way_failed(tx, notify::Sent::Mail(id))?;
                notify::news_failed(tx, &context, NoticeWay::Mail, (&mail.telling, &mail.news))?;
                raise(tx, JobKind::SendMail, code)?;
                Ok::<_, Error>(None)
            }
        })
        .await?;
    again.map_or(Ok(()), |error| Err(error.into()))
}

/// Sends one push; a browser that is gone is forgotten.
pub async fn send_push(app: &App, id: PushId) -> Result<(), Error> {
    let context = Arc::clone(&app.context);
    let found = app.store.write(move |tx| due_push(tx, &context, id)).await?;
    let Some((push, subscription)) = found else { return Ok(()) };
    let to = PushSubscription {
        endpoint: subscription.endpoint,
        p256dh: subscription.p256dh,
        auth: subscription.auth,
    };
    let message = PushMessage {
        payload: push.payload.clone(),
        keep: KEEP,
        urgent: push.urgent,
        topic: push.topic.clone(),
    };
    let sent = app.outside(move |ports| ports.push.send(&to, &message)).await;
    let context = Arc::clone(&app.context);
    let again = app
        .store
        .write(move |tx| match judge(sent, tx.now().duration_since(push.created_at), NOTICE_AGE_MAX) {
            Fate::Accepted => {
                pushes::accepted(tx, id)?;
                settle(tx, JobKind::SendPush)?;
                Ok(None)
            }
            Fate::Again(error) => Ok(Some(error)),
            Fate::GivenUp(code) => {
                if GONE.contains(&code.as_str()) {
                    pushes::gone(tx, subscription.id)?;
                } else {
                    raise(tx, JobKind::SendPush, code.clone())?;
                }
                push_failed(tx, &context, &push, &code)?;
                Ok::<_, Error>(None)
            }
        })
        .await?;
    again.map_or(Ok(()), |error| Err(error.into()))
}

/// What becomes of a try.
enum Fate {
    Accepted,
    Again(PortError),
    GivenUp(String),
}

fn judge(sent: Result<(), PortError>, age: SignedDuration, age_max: SignedDuration) -> Fate {
    match sent {
        Ok(()) => Fate::Accepted,
        Err(error) if error.is_transient() && age < age_max => Fate::Again(error),
        Err(error) => Fate::GivenUp(error.code().to_owned()),
    }
}

/// A queued letter; one about a notice that was seen meanwhile is dropped.
fn due_mail(tx: &mut WriteTx<'_>, id: MailId) -> Result<Option<mails::Mail>, Error> {
    let Some(mail) = mails::find(tx, id)?.filter(|mail| mail.state == "queued") else { return Ok(None) };
    if let Some(notice) = mail.notice_id
        && notices::is_seen_since(tx, notice, mail.created_at)?
    {
        mails::dropped(tx, id)?;
        return Ok(None);
    }
    Ok(Some(mail))
}

/// A queued push with its browser; what was seen meanwhile is dropped, and what has lost its browser goes on by the next
/// way.
fn due_push(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: PushId,
) -> Result<Option<(pushes::Push, pushes::Subscription)>, Error> {
    let Some(push) = pushes::find(tx, id)?.filter(|push| push.state == "queued") else { return Ok(None) };
    let seen = match push.notice_id {
        Some(notice) => notices::is_seen_since(tx, notice, push.created_at)?,
        None => false,
    };
    let subscription = push.subscription_id.map(|id| pushes::subscription_of(tx, id)).transpose()?.flatten();
    match subscription {
        _ if seen => {
            pushes::dropped(tx, id)?;
            Ok(None)
        }
        Some(subscription) => Ok(Some((push, subscription))),
        None => {
            push_failed(tx, context, &push, LOGGED_OUT)?;
            Ok(None)
        }
    }
}

fn push_failed(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    push: &pushes::Push,
    code: &str,
) -> Result<(), Error> {
    pushes::failed(tx, push.id, code)?;
    notify::way_failed(tx, notify::Sent::Push(push.id))?;
    notify::news_failed(tx, context, NoticeWay::Push, (&push.telling, &push.news))
}

fn raise(tx: &mut WriteTx<'_>, kind: JobKind, code: String) -> Result<(), Error> {
    let failed = AttentionItem::WorkFailed(Failed { kind: kind.code().to_owned(), code });
    attention::raise(tx, &attention::New::of(failed, kind.code()))?;
    Ok(())
}

/// What was raised is over: one went out.
fn settle(tx: &mut WriteTx<'_>, kind: JobKind) -> Result<(), Error> {
    Ok(attention::settle(tx, AttentionKind::WorkFailed, kind.code())?)
}
