//! The list and one conversation: side by side on a wide screen, separate on a phone.

use super::super::guard::SignedIn;
use super::super::page::{Failed, Frame, Page, Seat, Tab};
use super::super::{labels, words};
use super::bubble::Bubble;
use super::list::{self, List, Search};
use crate::app::{AppContext, holidays, inbox};
use crate::domain::ids::ConversationId;
use crate::domain::message::{BODY_CHARS_MAX, TEXT_CHARS_MAX};
use crate::domain::policy::Moment;
use crate::domain::user::Permission;
use crate::store::canned::{self, Canned};
use crate::store::conversations::{self, Conversation, HeldBy};
use crate::store::{Read, StoreError, conversation_list, guests, settings};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use jiff::{SignedDuration, Timestamp};
use rocket::{State, get, routes};
use std::sync::Arc;

/// Messages of a page.
const LINES: u32 = 40;
/// Remaining time at which the window is said to close soon.
const SOON: SignedDuration = SignedDuration::from_hours(2);

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Bookings, routes![all, one])
}

#[derive(Template)]
#[template(path = "inbox.html", config = "assets/askama.toml")]
pub(super) struct Inbox {
    pub(super) frame: Frame,
    list: List,
    open: Option<Thread>,
}

struct Thread {
    id: i64,
    guest: i64,
    name: String,
    number: Option<String>,
    held: bool,
    /// Taken over by a person without end.
    for_good: bool,
    who: String,
    window: String,
    window_state: &'static str,
    is_open: bool,
    opted_out: bool,
    unread: u32,
    wants: Vec<String>,
    days: Vec<Day>,
    older: Option<String>,
    newest: bool,
    draft: String,
    chars_max: usize,
    caption_max: usize,
    canned: Vec<Canned>,
}

struct Day {
    words: String,
    lines: Vec<Bubble>,
}

#[derive(Default)]
pub(super) struct Wanted {
    pub(super) search: Search,
    pub(super) id: Option<i64>,
    pub(super) before: Option<i64>,
    pub(super) draft: String,
}

#[get("/inbox?<said>&<search..>")]
async fn all(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    said: Option<&str>,
    search: Search,
) -> Result<Page, Failed> {
    let wanted = Wanted { search, ..Wanted::default() };
    Page::ok(&load(web, &signed_in, said, wanted).await?)
}

#[get("/inbox/<id>?<said>&<before>&<search..>")]
async fn one(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    id: i64,
    said: Option<&str>,
    before: Option<i64>,
    search: Search,
) -> Result<Page, Failed> {
    let wanted = Wanted { search, id: Some(id), before, draft: String::new() };
    Page::ok(&load(web, &signed_in, said, wanted).await?)
}

pub(super) async fn load(
    web: &Web,
    signed_in: &SignedIn,
    said: Option<&str>,
    wanted: Wanted,
) -> Result<Inbox, Failed> {
    let seat = Seat::of(web, signed_in, said);
    let context = Arc::clone(&web.app.context);
    let read = web.app.store.read(move |tx| {
        let moment = context.moment(tx);
        let list = list::load(tx, &context, &wanted.search, &moment)?;
        let open = match wanted.id {
            Some(id) => Some(conversation(tx, &context, &moment, &wanted, ConversationId(id), &list.query)?),
            None => None,
        };
        Ok::<_, StoreError>((Frame::load(tx, &seat, Tab::Inbox, "Mensajes")?, list, open))
    });
    let (frame, list, open) = read.await?;
    match open {
        // The requested conversation does not exist.
        Some(None) => Err(Failed::NOT_FOUND),
        Some(open) => Ok(Inbox { frame, list, open }),
        None => Ok(Inbox { frame, list, open: None }),
    }
}

fn conversation(
    tx: &impl Read,
    context: &AppContext,
    moment: &Moment,
    wanted: &Wanted,
    id: ConversationId,
    query: &str,
) -> Result<Option<Thread>, StoreError> {
    let Some(found) = conversations::find(tx, id)? else { return Ok(None) };
    let Some(guest) = guests::find(tx, found.guest_id)? else { return Ok(None) };
    let before = wanted.before.and_then(|at| Timestamp::from_millisecond(at).ok());
    let piece = conversation_list::piece(tx, id, before, LINES)?;
    let (settings, _) = settings::load(tx)?;
    let calendar = holidays::in_force(&settings, &context.calendar);
    let mut days: Vec<Day> = Vec::new();
    let mut last = None;
    for said in &piece.lines {
        let date = moment.zone.to_datetime(said.at).date();
        if last != Some(date) {
            days.push(Day { words: words::day(date, moment.today()), lines: Vec::new() });
            last = Some(date);
        }
        if let Some(day) = days.last_mut() {
            day.lines.push(Bubble::of(said, context, &calendar, moment));
        }
    }
    let mark = if query.is_empty() { "" } else { "&" };
    let older =
        piece.older.map(|at| format!("/admin/inbox/{id}?{query}{mark}before={}", at.as_millisecond()));
    let (window, window_state) = window(&found, moment);
    let is_open = window_state != "closed";
    Ok(Some(Thread {
        id: id.0,
        guest: guest.id.0,
        name: words::guest_name(&guest),
        number: words::second_number(&guest),
        held: found.is_held_by_person(moment.now),
        for_good: found.held_by == HeldBy::Person(None),
        who: who(&found, moment),
        window,
        window_state,
        is_open,
        opted_out: guest.opted_out,
        unread: found.unread,
        wants: conversation_list::attention_items(tx, id)?
            .iter()
            .map(|(_, kind)| labels::of(kind, labels::attention))
            .collect(),
        days,
        older,
        newest: before.is_none(),
        draft: wanted.draft.clone(),
        chars_max: if is_open { TEXT_CHARS_MAX } else { inbox::NOTICE_CHARS_MAX },
        caption_max: BODY_CHARS_MAX,
        canned: canned::list(tx)?,
    }))
}

fn who(conversation: &Conversation, moment: &Moment) -> String {
    match conversation.held_by {
        HeldBy::Person(None) => "Contestás vos".to_owned(),
        HeldBy::Person(Some(until)) if moment.now < until => {
            format!("Contestás vos; Casero vuelve {}", words::format(moment).moment(until))
        }
        HeldBy::Person(Some(_)) | HeldBy::Bot => "Contesta Casero".to_owned(),
    }
}

/// The window for free answers, in words.
fn window(conversation: &Conversation, moment: &Moment) -> (String, &'static str) {
    let Some(until) = inbox::open_until(conversation.last_inbound_at, moment.now) else {
        return ("Pasaron más de 24 horas desde su último mensaje: WhatsApp sólo deja mandarle un aviso, y lo cobra. Cuando te conteste vas a poder escribirle libremente.".to_owned(), "closed");
    };
    let local = moment.zone.to_datetime(until);
    let soon = until.duration_since(moment.now) < SOON;
    let when = if local.date() == moment.today() {
        format!("las {}:{:02}", local.hour(), local.minute())
    } else {
        words::format(moment).moment(until)
    };
    (format!("Podés escribirle hasta {when}"), if soon { "soon" } else { "open" })
}
