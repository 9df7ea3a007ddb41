//! The list of conversations: name, last message, time, and whether the guest waits for a person.

use super::super::words;
use super::bubble::preview;
use crate::app::AppContext;
use crate::domain::phone::Phone;
use crate::domain::policy::Moment;
use crate::store::conversation_list::{self, Listed, Which};
use crate::store::{Read, StoreError};
use rocket::FromForm;

/// Conversations of a page.
const PAGE_ROWS: u32 = 30;
/// Longest search text: a longer one finds nothing more.
const WORDS_CHARS_MAX: usize = 80;
/// Last page: beyond it one should rather search.
const PAGES_MAX: u32 = 5000;
/// Longest preview of the last message: one line.
const PREVIEW_CHARS: usize = 90;

/// The search of the form.
#[derive(FromForm, Default)]
pub(super) struct Search {
    q: Option<String>,
    which: Option<String>,
    page: Option<u32>,
}

pub(super) struct List {
    pub(super) rows: Vec<ConversationRow>,
    pub(super) q: String,
    pub(super) waiting: bool,
    /// The search's part of the address, kept when a conversation is opened.
    pub(super) query: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

pub(super) struct ConversationRow {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) last: String,
    pub(super) when: String,
    pub(super) unread: u32,
    /// A guest waits for a person here.
    pub(super) waits: bool,
    pub(super) held: bool,
}

pub(super) fn load(
    tx: &impl Read,
    context: &AppContext,
    search: &Search,
    moment: &Moment,
) -> Result<List, StoreError> {
    let q: String = search.q.as_deref().unwrap_or_default().trim().chars().take(WORDS_CHARS_MAX).collect();
    let waiting = search.which.as_deref() == Some("waiting");
    let which = if waiting { Which::Waiting } else { Which::All };
    let page = search.page.unwrap_or(1).clamp(1, PAGES_MAX);
    let mut found = conversation_list::list(
        tx,
        which,
        &q,
        context.phone(&q).ok().as_ref(),
        PAGE_ROWS + 1,
        (page - 1) * PAGE_ROWS,
    )?;
    let more = found.len() > PAGE_ROWS as usize;
    found.truncate(PAGE_ROWS as usize);
    let rows = found.iter().map(|conversation| row(tx, conversation, moment)).collect::<Result<_, _>>()?;
    let question = question(&q, waiting);
    let path = |page: u32| format!("/admin/inbox?{question}page={page}");
    Ok(List {
        rows,
        waiting,
        before: (page > 1).then(|| path(page - 1)),
        after: more.then(|| path(page + 1)),
        query: question.trim_end_matches('&').to_owned(),
        q,
    })
}

fn question(q: &str, waiting: bool) -> String {
    let which = if waiting { "which=waiting&" } else { "" };
    if q.is_empty() {
        return which.to_owned();
    }
    format!("{which}q={}&", rocket::http::RawStr::new(q).percent_encode())
}

fn row(tx: &impl Read, conversation: &Listed, moment: &Moment) -> Result<ConversationRow, StoreError> {
    let held = conversation.held.is_some_and(|until| until.is_none_or(|until| moment.now < until));
    let last = conversation_list::last(tx, conversation.id)?.map(|said| preview(&said)).unwrap_or_default();
    Ok(ConversationRow {
        id: conversation.id.0,
        name: name(&conversation.name, conversation.phone.as_deref()),
        last: crate::domain::message::cut(&last.replace('\n', " "), PREVIEW_CHARS),
        when: words::ago(conversation.at, moment),
        unread: conversation.unread,
        waits: conversation.wants_person || (held && conversation.unread > 0),
        held,
    })
}

/// A guest's name, else their number.
pub(super) fn name(name: &str, phone: Option<&str>) -> String {
    let number = || phone.and_then(Phone::parse).map(|phone| phone.shown());
    Some(name.to_owned()).filter(|name| !name.is_empty()).or_else(number).unwrap_or("Sin nombre".into())
}
