//! One message as shown: text, attachment, delivery state, and how it was understood.

use super::super::labels;
use crate::app::AppContext;
use crate::app::explain::{self, Fact};
use crate::app::holidays::HolidayCalendar;
use crate::app::media::{self, Disposition, Kind};
use crate::app::photos::small_of;
use crate::domain::cabin::photo_address;
use crate::domain::code::Coded;
use crate::domain::message::{
    Author, Header, InboundKind, InboundState, Message, MessageKind, OutboundState, Stored,
};
use crate::domain::policy::Moment;
use crate::ports::whatsapp::{Content, InboundMessage};
use crate::store::conversation_list::{Said, SaidState};

pub(super) struct Bubble {
    pub(super) key: String,
    pub(super) ours: bool,
    pub(super) author: &'static str,
    pub(super) words: String,
    /// Description of anything that is not text.
    pub(super) note: Option<String>,
    pub(super) sound: Option<String>,
    pub(super) picture: Option<String>,
    /// Address and name of a file.
    pub(super) file: Option<(String, String)>,
    /// Address of a place on the map.
    pub(super) map: Option<String>,
    /// Labels of buttons and rows below it.
    pub(super) choices: Vec<String>,
    pub(super) hour: String,
    pub(super) tick: Option<Tick>,
    pub(super) facts: Vec<Fact>,
}

/// Delivery state of a message of ours.
pub(super) struct Tick {
    pub(super) mark: &'static str,
    pub(super) state: &'static str,
    /// Its text is shown, not only read aloud.
    pub(super) is_trouble: bool,
    pub(super) words: String,
}

impl Bubble {
    pub(super) fn of(
        said: &Said,
        context: &AppContext,
        calendar: &HolidayCalendar,
        moment: &Moment,
    ) -> Bubble {
        let local = moment.zone.to_datetime(said.at);
        let mut bubble = Bubble {
            key: format!("{}{}", if said.is_inbound() { "in" } else { "out" }, said.id),
            ours: !said.is_inbound(),
            author: labels::author(said.author),
            words: said.body.clone(),
            note: None,
            sound: None,
            picture: None,
            file: None,
            map: None,
            choices: Vec::new(),
            hour: format!("{}:{:02}", local.hour(), local.minute()),
            tick: None,
            facts: Vec::new(),
        };
        match said.state {
            SaidState::Inbound(_) => bubble.came(said, context, calendar),
            SaidState::Outbound(state) => bubble.went(said, state),
        }
        bubble
    }

    fn came(&mut self, said: &Said, context: &AppContext, calendar: &HolidayCalendar) {
        let kind = Coded::<InboundKind>::read(&said.kind);
        self.note = if kind == InboundKind::Audio { Some(heard(said)) } else { thing(&kind) };
        if let Some(attached) = media::of_event(&said.whole) {
            let path = format!("/admin/media/{}", said.id);
            let kind = Kind::of(&attached.media.mime);
            match (said.has_media, kind.shown) {
                (false, _) if said.media_deleted => {
                    self.note = Some(format!("{} (ya no se guarda)", self.note_or("Archivo")));
                }
                (false, _) => self.note = Some(format!("{} (todavía no la tengo)", self.note_or("Archivo"))),
                (true, Disposition::Sound) => self.sound = Some(path),
                (true, Disposition::Picture) => self.picture = Some(path),
                (true, Disposition::Document | Disposition::Saved) => {
                    let name = attached.filename.unwrap_or_else(|| format!("archivo.{}", kind.ending));
                    self.file = Some((path, name));
                }
            }
        }
        if let Ok(InboundMessage { content: Content::Location { point: Some(point), .. }, .. }) =
            serde_json::from_str(&said.whole)
        {
            self.map = Some(point.map_url());
        }
        let spoken = [InboundKind::Text, InboundKind::Audio, InboundKind::Tap, InboundKind::Edit];
        if kind.known().is_some_and(|kind| spoken.contains(&kind)) && !said.body.is_empty() {
            let sent_at = said.sent_at.unwrap_or(said.at);
            self.facts = explain::message(context, calendar, &said.body, kind == InboundKind::Audio, sent_at);
        }
    }

    fn note_or(&self, other: &str) -> String {
        self.note.clone().unwrap_or_else(|| other.to_owned())
    }

    fn went(&mut self, said: &Said, state: OutboundState) {
        self.tick = Some(tick(state, said.error_code.as_deref()));
        let Ok(message) = serde_json::from_str::<Message>(&said.whole) else {
            // Erased with its guest, or another version's.
            let known = Coded::<MessageKind>::read(&said.kind).known().is_some();
            self.note = (!known).then(|| labels::unknown(&said.kind));
            return;
        };
        match message {
            Message::Text { .. } => {}
            Message::Buttons { buttons, header, .. } => {
                self.choices = buttons.into_iter().map(|choice| choice.title).collect();
                match header {
                    Some(Header::Image { file }) => self.picture = Some(path_of(&file)),
                    Some(Header::Document { file, filename }) => self.file = Some((path_of(&file), filename)),
                    None => {}
                }
            }
            Message::List { rows, .. } => {
                self.choices = rows.into_iter().map(|choice| choice.title).collect();
            }
            Message::Link { label, .. } => self.choices = vec![label],
            Message::Template { parameters, .. } => {
                self.note = Some("Aviso con plantilla".to_owned());
                self.words = parameters.join("\n");
            }
            Message::Document { filename, .. } => self.note = Some(format!("Archivo: {filename}")),
            Message::Image { file, .. } => self.picture = Some(path_of(&file)),
            Message::File { file, filename, .. } => self.file = Some((path_of(&file), filename)),
            Message::Audio { file, .. } => self.sound = Some(path_of(&file)),
            Message::Location { point, .. } => {
                self.note = Some("Ubicación".to_owned());
                self.map = Some(point.map_url());
            }
        }
    }
}

/// Where the page finds a file.
fn path_of(file: &Stored) -> String {
    match file {
        Stored::Inbound { id } => format!("/admin/media/{id}"),
        Stored::Photo { token } => small_of(&photo_address(token)),
        Stored::Sent { id } => format!("/admin/media/sent/{id}"),
    }
}

/// The last message of a conversation, on one line.
pub(super) fn preview(said: &Said) -> String {
    let who = match said.author {
        Author::Guest => String::new(),
        Author::Bot | Author::Person => format!("{}: ", labels::author(said.author)),
    };
    let template = || match serde_json::from_str::<Message>(&said.whole) {
        Ok(Message::Template { parameters, .. }) => Some(parameters.join(" ")),
        Ok(_) | Err(_) => None,
    };
    let is_template = Coded::read(&said.kind) == MessageKind::Template;
    let words = if is_template { template() } else { None };
    let words = words.unwrap_or_else(|| said.body.clone());
    match thing(&Coded::read(&said.kind)).filter(|_| said.is_inbound()) {
        Some(thing) if words.is_empty() => format!("{who}{thing}"),
        Some(thing) => format!("{who}{thing}: {words}"),
        None if words.is_empty() => format!("{who}{}", sent_thing(&said.kind)),
        None => format!("{who}{words}"),
    }
}

/// Description of a message of ours without words.
fn sent_thing(kind: &str) -> &'static str {
    match Coded::<MessageKind>::read(kind).known() {
        Some(MessageKind::Image) => "Foto",
        Some(MessageKind::Audio) => "Audio",
        Some(MessageKind::Location) => "Ubicación",
        Some(MessageKind::File | MessageKind::Document) => "Archivo",
        _ => "",
    }
}

/// Description of a guest's message that is not only text.
fn thing(kind: &Coded<InboundKind>) -> Option<String> {
    match kind {
        Coded::Known(kind) => labels::inbound(*kind).map(str::to_owned),
        Coded::Other(code) => Some(labels::unknown(code)),
    }
}

/// The transcript of a recording, with its confidence.
fn heard(said: &Said) -> String {
    match (said.heard_permille, said.unheard) {
        (Some(permille), _) => format!("Audio · lo que escuché, {} % seguro", (permille + 5) / 10),
        (None, Some(why)) => labels::unheard(why).to_owned(),
        (None, None) if said.state == SaidState::Inbound(InboundState::Listen) => {
            "Audio: lo estoy escuchando".to_owned()
        }
        (None, None) => "Audio".to_owned(),
    }
}

fn tick(state: OutboundState, error_code: Option<&str>) -> Tick {
    let (mark, words) = labels::outbound(state);
    let why = match (state, error_code) {
        (OutboundState::Failed, Some(code)) => labels::undelivered(code),
        _ => String::new(),
    };
    let is_trouble = matches!(state, OutboundState::Failed | OutboundState::Uncertain);
    Tick { mark, state: state.into(), is_trouble, words: format!("{words}{why}") }
}
