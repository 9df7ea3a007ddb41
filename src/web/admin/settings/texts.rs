//! The texts that guests read: answers to questions, and the owner's texts in our messages.

use super::super::flash::Flash;
use super::preview::{self, Message};
use super::refused;
use super::saving::save_as;
use crate::app::manage;
use crate::dialogue::replies;
use crate::domain::capitalised::capitalised;
use crate::domain::own_words::OwnText;
use crate::domain::settings::Settings;
use crate::domain::user::Permission;
use crate::store::{StoreError, settings};
use crate::understanding::Topic;
use crate::web::admin::form::Wrong;
use crate::web::admin::guard::{Post, SignedIn};
use crate::web::admin::page::{Failed, Frame, Page, PageOrRedirect, Seat, Tab, done};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::{FromForm, State, get, post, routes};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Questions of guests, by the code under which an answer is stored.
static TOPICS: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let name = |topic: &Topic| capitalised(&replies::topic(*topic));
    Topic::ALL.iter().map(|topic| (topic.code(), name(topic))).collect()
});

/// The owner's texts in our messages: name, and occasion.
const TEXTS: [(OwnText, &str, &str); 5] = [
    (OwnText::Welcome, "Bienvenida", "La primera vez que alguien escribe."),
    (OwnText::Confirmed, "Con la confirmación", "Cuando entra la seña."),
    (OwnText::Arrival, "Cómo llegar", "El día antes de llegar y el día que llegan."),
    (OwnText::CheckIn, "Cómo entrar", "El día que llegan: llaves, portón, clave del wifi."),
    (OwnText::Thanks, "Despedida", "El día después de la estadía."),
];

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Texts, routes![show, save, look])
}

/// The form as typed.
#[derive(Debug, Clone, FromForm)]
struct Typed {
    version: i64,
    answers: BTreeMap<String, String>,
    texts: BTreeMap<String, String>,
}

#[derive(Template)]
#[template(path = "texts.html", config = "assets/askama.toml")]
struct TextsPage {
    frame: Frame,
    typed: Typed,
    wrong: Wrong,
    messages: Vec<Message>,
    /// The texts shown are not saved yet.
    unsaved: bool,
}

#[get("/texts?<said>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, said: Option<&str>) -> Result<Page, Failed> {
    Page::ok(&load(web, Seat::of(web, &signed_in, said), None, Wrong::default()).await?)
}

#[post("/texts", data = "<post>")]
async fn save(web: &State<Arc<Web>>, post: Post<Typed>) -> Result<PageOrRedirect, Failed> {
    let typed = post.form.clone();
    let change = move |known: &mut Settings| typed.put_into(known);
    match save_as(web, &post.by, post.form.version, change).await? {
        Ok(()) => Ok(PageOrRedirect::away(done("/admin/texts", Flash::Saved))),
        Err((wrong, why)) => {
            let page = load(web, Seat::of(web, &post.by, None), Some(post.form), wrong).await?;
            let page = TextsPage { frame: page.frame.clone().refusing(why), ..page };
            Ok(PageOrRedirect::Page(Page::refused(&page)?))
        }
    }
}

/// Previews what was typed as a guest would read it; nothing is saved.
#[post("/texts/preview", data = "<post>")]
async fn look(web: &State<Arc<Web>>, post: Post<Typed>) -> Result<PageOrRedirect, Failed> {
    let seat = Seat::of(web, &post.by, None);
    Ok(PageOrRedirect::Page(Page::ok(&load(web, seat, Some(post.form), Wrong::default()).await?)?))
}

/// The page with the typed texts, or with those in force.
async fn load(web: &Web, seat: Seat, typed: Option<Typed>, wrong: Wrong) -> Result<TextsPage, Failed> {
    let context = Arc::clone(&web.app.context);
    let page = web.app.store.read(move |tx| {
        let (mut shown, version) = settings::load(tx)?;
        let unsaved = typed.is_some();
        let typed = typed.unwrap_or_else(|| Typed {
            version,
            answers: shown.answers.clone(),
            texts: shown.texts.clone(),
        });
        let saved = shown.clone();
        typed.clone().put_into(&mut shown);
        let known = manage::known(&context);
        shown.tidy(&known);
        let problems = shown.check(&known).err().unwrap_or_default();
        let wrong = if wrong.is_empty() { refused::beside(&problems) } else { wrong };
        let shown = if problems.is_empty() { shown } else { saved };
        Ok::<_, StoreError>(TextsPage {
            frame: Frame::load(tx, &seat, Tab::More, "Textos y respuestas")?,
            messages: preview::messages(&shown, &context.moment(tx), context.currency),
            typed,
            wrong,
            unsaved,
        })
    });
    Ok(page.await?)
}

impl Typed {
    fn put_into(self, settings: &mut Settings) {
        settings.answers = self.answers;
        settings.texts = self.texts;
    }

    /// The answer typed for a topic.
    fn answer(&self, topic: &str) -> &str {
        self.answers.get(topic).map_or("", String::as_str)
    }

    /// The text typed for a message.
    fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    /// The field name of one of several texts, as in an error.
    fn key(&self, many: &str, one: &str) -> String {
        format!("{many}.{one}")
    }

    /// The placeholders allowed in a message.
    fn placeholders(&self, text: &OwnText) -> String {
        refused::known(text.placeholders())
    }
}
