//! The ways to reach the owner: which are set up, and one telling by one of them. Push and mail are jobs of their own;
//! what their services accept counts as accepted, never as seen.

use crate::app::{AppContext, Error, owner_numbers};
use crate::dialogue::owner::OwnerTap;
use crate::dialogue::replies;
use crate::domain::ids::{ConversationId, MailId, NoticeId, OutboundId, PushId};
use crate::domain::job::JobKind;
use crate::domain::message::{BODY_CHARS_MAX, Choice, Header, Message, cut};
use crate::domain::notice::NoticeWay;
use crate::domain::phone::Phone;
use crate::domain::provider::Provider;
use crate::domain::settings::Settings;
use crate::domain::user::Role;
use crate::domain::whatsapp_account::TemplatePurpose;
use crate::ports::random::token;
use crate::store::pushes::News;
use crate::store::{
    Read, WriteTx, codec, conversations, jobs, mails, outbox, provider_outages, pushes, settings, users,
};
use jiff::SignedDuration;
use serde_json::json;

/// How long the buttons of a notice are valid: longer than anybody leaves a guest without an answer.
const BUTTONS_KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Why the owner is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A guest was promised a person: told again until it was seen.
    Notice(NoticeId),
    /// Nobody was promised it: it goes on by the next way when one fails.
    News,
    /// The owner asked for it, by this way only.
    Test,
}

impl About {
    fn notice(self) -> Option<NoticeId> {
        match self {
            About::Notice(id) => Some(id),
            About::News | About::Test => None,
        }
    }
}

/// What the owner is told.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    /// In all its words.
    pub body: &'a str,
    /// What a locked screen may show.
    pub short: &'a str,
    pub urgent: bool,
    pub about: About,
    /// What the owner can answer with one tap, where the way has buttons.
    pub buttons: &'a [(String, OwnerTap)],
    /// What stands above the buttons.
    pub header: Option<&'a Header>,
    /// The conversation of the guest that it tells of.
    pub guest: Option<ConversationId>,
    /// It is told once ever under this key.
    pub once_key: Option<&'a str>,
}

/// One message of a telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    Whatsapp(OutboundId),
    Push(PushId),
    Mail(MailId),
}

/// The ways that are set up, in the owner's order; WhatsApp last while it can't be used.
pub fn available(tx: &impl Read, context: &AppContext, settings: &Settings) -> Result<Vec<NoticeWay>, Error> {
    let mut available = Vec::new();
    for way in settings.notice_ways.list() {
        if is_set_up(tx, context, settings, *way)? {
            available.push(*way);
        }
    }
    if provider_outages::find(tx, Provider::Whatsapp)?.is_some() {
        available.sort_by_key(|way| *way == NoticeWay::Whatsapp);
    }
    Ok(available)
}

/// Whether somebody can be told by this way.
pub fn is_set_up(
    tx: &impl Read,
    context: &AppContext,
    settings: &Settings,
    way: NoticeWay,
) -> Result<bool, Error> {
    Ok(match way {
        NoticeWay::Push => context.push_on && !pushes::of_owners(tx)?.is_empty(),
        NoticeWay::Whatsapp => !owner_numbers::numbers(tx, context, settings)?.is_empty(),
        NoticeWay::Mail => context.mail_on && users::owners(tx)? > 0,
    })
}

/// Whether something was told under this key, by whichever way.
pub fn was_told(tx: &impl Read, key: &str) -> Result<bool, Error> {
    Ok(outbox::was_said(tx, key)? || pushes::was_told(tx, key)? || mails::was_told(tx, key)?)
}

/// Tells by one way: every number, every browser, or every address.
pub fn tell(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    settings: &Settings,
    way: NoticeWay,
    telling: &Telling<'_>,
) -> Result<Vec<Sent>, Error> {
    match way {
        NoticeWay::Whatsapp => by_whatsapp(tx, context, settings, telling),
        NoticeWay::Push => by_push(tx, context, settings, telling),
        NoticeWay::Mail => by_mail(tx, context, settings, telling),
    }
}

fn by_whatsapp(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    settings: &Settings,
    telling: &Telling<'_>,
) -> Result<Vec<Sent>, Error> {
    let mut sent = Vec::new();
    for (index, phone) in owner_numbers::numbers(tx, context, settings)?.iter().enumerate() {
        let key = keyed(telling.once_key, index);
        let message = worded(tx, context, phone, telling)?;
        let Some(id) = owner_numbers::write_to(tx, context, phone, &message, key.as_deref())? else {
            continue;
        };
        if let Some(guest) = telling.guest {
            outbox::set_about(tx, id, guest)?;
        }
        if telling.urgent {
            outbox::set_purpose(tx, id, TemplatePurpose::Urgent)?;
        }
        sent.push(Sent::Whatsapp(id));
    }
    Ok(sent)
}

/// The words with their buttons, which are valid in this owner's conversation only.
fn worded(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    phone: &Phone,
    telling: &Telling<'_>,
) -> Result<Message, Error> {
    if telling.buttons.is_empty() {
        return Ok(Message::text(telling.body));
    }
    let conversation = owner_numbers::conversation(tx, phone)?;
    let expires_at = tx.now() + BUTTONS_KEPT;
    let mut buttons = Vec::new();
    for (title, tap) in telling.buttons {
        let minted = token(context.random.as_ref());
        conversations::insert_tap(tx, conversation, &minted, &codec::to_json(tap), expires_at)?;
        buttons.push(Choice { token: minted, title: title.clone(), description: String::new() });
    }
    Ok(Message::Buttons { body: cut(telling.body, BODY_CHARS_MAX), buttons, header: telling.header.cloned() })
}

/// News of a way that failed are told by the next one, unless a message of the same telling may still arrive.
pub fn news_failed(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    failed: NoticeWay,
    (telling, words): (&str, &str),
) -> Result<(), Error> {
    let may_arrive = match failed {
        NoticeWay::Push => pushes::may_arrive(tx, telling)?,
        NoticeWay::Mail => mails::may_arrive(tx, telling)?,
        NoticeWay::Whatsapp => true,
    };
    if may_arrive || words.is_empty() {
        return Ok(());
    }
    let (settings, _) = settings::load(tx)?;
    let later = settings.notice_ways.list().iter().skip_while(|way| **way != failed).skip(1);
    for way in later {
        if is_set_up(tx, context, &settings, *way)? {
            return tell(tx, context, &settings, *way, &news(words, &replies::owner_notice_kind(None), None))
                .map(drop);
        }
    }
    Ok(())
}

/// News that nobody was promised.
pub fn news<'a>(body: &'a str, short: &'a str, once_key: Option<&'a str>) -> Telling<'a> {
    Telling {
        body,
        short,
        urgent: false,
        about: About::News,
        buttons: &[],
        header: None,
        guest: None,
        once_key,
    }
}

fn by_push(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    settings: &Settings,
    telling: &Telling<'_>,
) -> Result<Vec<Sent>, Error> {
    let notice = telling.about.notice();
    let topic = notice.map_or_else(|| "news".to_owned(), |id| format!("notice{id}"));
    let id = token(context.random.as_ref());
    let body = if settings.notice_words { telling.body } else { telling.short };
    let title = replies::owner_push_title(telling.urgent);
    let payload = json!({
        "title": title, "body": body, "url": "/admin", "tag": topic, "urgent": telling.urgent,
    });
    let payload = payload.to_string();
    let mut sent = Vec::new();
    for (index, subscription) in pushes::of_owners(tx)?.iter().enumerate() {
        let key = keyed(telling.once_key, index);
        let new = pushes::New {
            subscription: subscription.id,
            notice_id: notice,
            payload: &payload,
            topic: &topic,
            urgent: telling.urgent,
            once_key: key.as_deref(),
            news: goes_on(telling, &id),
        };
        let Some(id) = pushes::insert(tx, &new)? else { continue };
        let now = tx.now();
        jobs::enqueue(tx, JobKind::SendPush, &id.to_string(), now)?;
        sent.push(Sent::Push(id));
    }
    Ok(sent)
}

fn by_mail(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    settings: &Settings,
    telling: &Telling<'_>,
) -> Result<Vec<Sent>, Error> {
    let subject = replies::owner_mail_subject(&settings.property_name, telling.urgent);
    let body = replies::owner_mail(telling.body, &context.admin_url());
    let owners = users::list(tx)?.into_iter().filter(|user| user.role == Role::Owner && !user.disabled);
    let id = token(context.random.as_ref());
    let mut sent = Vec::new();
    for (index, owner) in owners.enumerate() {
        let key = keyed(telling.once_key, index);
        let new = mails::New {
            to: &owner.email,
            subject: &subject,
            body: &body,
            tag: &token(context.random.as_ref()),
            once_key: key.as_deref(),
            notice_id: telling.about.notice(),
            reservation_id: None,
            news: goes_on(telling, &id),
        };
        let Some(id) = mails::insert(tx, &new)? else { continue };
        let now = tx.now();
        jobs::enqueue(tx, JobKind::SendMail, &id.to_string(), now)?;
        sent.push(Sent::Mail(id));
    }
    Ok(sent)
}

/// The words to go on by the next way, of news.
fn goes_on<'a>(telling: &Telling<'a>, id: &'a str) -> Option<News<'a>> {
    (telling.about == About::News).then_some(News { telling: id, words: telling.body })
}

/// The key of one message of a telling: the first has the telling's own.
fn keyed(key: Option<&str>, index: usize) -> Option<String> {
    key.map(|key| if index == 0 { key.to_owned() } else { format!("{key}#{index}") })
}
