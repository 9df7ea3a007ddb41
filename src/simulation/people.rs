//! People with a phone: guests who want a stay, pay or not, ask, change their minds; and the owner.

use super::payment_state::PAY_URL;
use super::person::Person;
use super::whatsapp::bring;
use super::words::{self, CABINS};
use super::world::{Event, World};
use crate::domain::language::Language;
use crate::domain::message::{Choice, Message};
use crate::domain::phone::Phone;
use crate::ports::whatsapp::{Content, HookEvent, InboundMessage, MediaRef, Recipient, Sender};
use jiff::{ToSpan, civil::Date};

/// The owner's number.
pub const OWNER_PHONE: &str = "5493885550199";
/// The owner's index among the people.
pub const OWNER: usize = 0;

fn key_of(digits: &str) -> Option<String> {
    Phone::parse(digits).map(|phone| phone.key())
}

impl World {
    /// The person who receives a message for `to`.
    pub(super) fn person_at(&self, to: &Recipient) -> Option<usize> {
        match to {
            Recipient::Phone(digits) => {
                let key = key_of(digits)?;
                self.people.iter().position(|person| person.phone_key.as_ref() == Some(&key))
            }
            Recipient::Bsuid(id) => self.people.iter().position(|person| person.bsuid.as_ref() == Some(id)),
        }
    }

    /// Adds the owner, at the start.
    pub fn add_owner(&mut self) {
        self.add_phone(OWNER_PHONE);
        self.within((3600, 90_000), Event::Acts(OWNER));
    }

    /// A guest begins to write: a new one, or a former one.
    pub(super) fn somebody_arrives(&mut self) {
        let wants = self.some_stay();
        let again = self.people.len() > 4 && self.rng.permille(250);
        let who = if again { 1 + self.rng.below(self.people.len() - 1) } else { self.newcomer(wants) };
        let person = &mut self.people[who];
        person.wants = wants;
        person.patience += 9;
        let (language, people) = (person.language, wants.2);
        let text = words::enquiry(&mut self.rng, language, wants.0, wants.1, people);
        self.writes(who, text);
    }

    /// Adds a person with this phone; returns their index.
    pub fn add_phone(&mut self, digits: &str) -> usize {
        self.add_person(Some(digits.to_owned()))
    }

    fn add_person(&mut self, phone: Option<String>) -> usize {
        let today = self.today();
        self.people.push(Person {
            phone_key: phone.as_deref().and_then(key_of),
            phone,
            bsuid: None,
            language: Language::SPANISH,
            wants: (today, today.saturating_add(2.days()), 2),
            unread: Vec::new(),
            wrote_at: None,
            patience: 0,
            awake: false,
            seen_offers: Vec::new(),
        });
        self.people.len() - 1
    }

    fn newcomer(&mut self, wants: (Date, Date, u16)) -> usize {
        let number = self.number();
        let hidden = self.rng.permille(80);
        let prefix = *self.rng.pick(&["549351", "54351", "55519", "4477", "549388"]);
        let phone = (!hidden).then(|| format!("{prefix}{:07}", 2_000_000 + number % 7_000_000));
        let who = self.add_person(phone);
        let bsuid = (hidden || self.rng.permille(300)).then(|| format!("AR.{number}"));
        let language = match self.rng.below(10) {
            0 => Language::of("en"),
            1 | 2 => Language::of("pt"),
            _ => Language::SPANISH,
        };
        let person = &mut self.people[who];
        (person.bsuid, person.language, person.wants) = (bsuid, language, wants);
        who
    }

    /// A random stay in the months to come, and a number of people.
    pub(super) fn some_stay(&mut self) -> (Date, Date, u16) {
        let ahead = if self.rng.permille(300) { (0, 14) } else { (3, 150) };
        let from = self.today().saturating_add(self.rng.between(ahead.0, ahead.1).days());
        let to = from.saturating_add(self.rng.between(1, 6).days());
        (from, to, self.rng.between(1, 6) as u16)
    }

    /// Schedules a person's next look at the phone.
    pub(super) fn wake(&mut self, who: usize) {
        if !std::mem::replace(&mut self.people[who].awake, true) {
            let soon = if self.rng.permille(850) { (20, 900) } else { (900, 30_000) };
            self.within(soon, Event::Acts(who));
        }
    }

    /// A person looks at the phone: pays, taps, answers, or puts it away.
    pub(super) fn acts(&mut self, who: usize) {
        let read = std::mem::take(&mut self.people[who].unread);
        self.people[who].awake = false;
        if who == OWNER {
            return self.owner_acts(&read);
        }
        for offer in read.iter().filter_map(offer_in) {
            self.considers(who, offer);
        }
        if self.people[who].patience == 0 || read.is_empty() || self.rng.permille(80) {
            return;
        }
        self.people[who].patience -= 1;
        let choices = choices_of(&read);
        let content = match choices.is_empty() {
            false if self.rng.permille(720) => tap(self.rng.pick(&choices)),
            _ => {
                let language = self.people[who].language;
                let text = match self.rng.permille(150) {
                    true => {
                        let (from, to, people) = self.people[who].wants;
                        words::enquiry(&mut self.rng, language, from, to, people)
                    }
                    false => words::small_talk(&mut self.rng, language),
                };
                return self.writes(who, text);
            }
        };
        self.counts.taps += 1;
        self.sends(who, content);
    }

    fn owner_acts(&mut self, read: &[Message]) {
        let choices = choices_of(read);
        if !choices.is_empty() && self.rng.permille(700) {
            self.counts.taps += 1;
            let content = tap(self.rng.pick(&choices));
            self.sends(OWNER, content);
        } else if read.is_empty() || self.rng.permille(100) {
            let (from, to, _) = self.some_stay();
            let cabin = CABINS[self.rng.below(CABINS.len())];
            let text = words::command(&mut self.rng, cabin, from, to);
            self.writes(OWNER, text);
        }
        if read.is_empty() {
            self.within((40_000, 200_000), Event::Acts(OWNER));
        }
    }

    /// A guest sees a link to pay for the first time: pays soon, late, twice, or never.
    fn considers(&mut self, who: usize, offer: String) {
        if self.people[who].seen_offers.contains(&offer) {
            return;
        }
        self.people[who].seen_offers.push(offer.clone());
        match self.rng.below(20) {
            0..=11 => self.within((60, 2400), Event::Pays(offer)),
            12..=14 => self.within((2400, 30_000), Event::Pays(offer)),
            // Two of the party, at the same moment.
            15 => {
                let first = self.rng.between(60, 3000);
                self.within((first, first), Event::Pays(offer.clone()));
                self.within((first + 1, first + 20), Event::Pays(offer));
            }
            16 => {
                self.within((60, 3000), Event::Pays(offer.clone()));
                self.within((60, 9000), Event::Pays(offer));
            }
            17 => self.within((40_000, 400_000), Event::Pays(offer)),
            _ => {}
        }
    }

    /// Sends a message: typed, or as a voice note; or something without text.
    fn writes(&mut self, who: usize, text: String) {
        let content = match self.rng.below(100) {
            0..=79 => Content::Text { body: text },
            80..=91 => self.voice(text),
            92 => Content::Sticker,
            93 => Content::Location { label: None, point: None },
            94 => Content::Image { media: media("picture", "image/jpeg"), caption: Some(text) },
            95 => {
                Content::Document { media: media("file", "application/pdf"), caption: None, filename: None }
            }
            96 => Content::Reaction { message_id: "wamid.1".to_owned(), emoji: Some("👍".to_owned()) },
            97 => Content::Edit { original_id: "in.1".to_owned(), body: Some(text) },
            98 if text.len().is_multiple_of(2) => Content::Call,
            98 => Content::Unsupported { kind: "poll".to_owned() },
            _ => Content::Tap { token: "0123".to_owned(), title: text },
        };
        self.sends(who, content);
    }

    fn voice(&mut self, text: String) -> Content {
        self.counts.voice += 1;
        let id = format!("voice{}", self.number());
        self.whatsapp.recordings.insert(id.clone(), text);
        Content::Audio { media: media(&id, "audio/ogg; codecs=opus"), voice: true }
    }

    fn sends(&mut self, who: usize, content: Content) {
        let id = format!("in.{}", self.number());
        let now = self.now;
        self.counts.messages_in += 1;
        self.note(|| format!("person {who} sends {id}: {content:?}"));
        let person = &mut self.people[who];
        person.wrote_at = Some(now);
        let message = InboundMessage {
            id,
            from: Sender { phone: person.phone.clone(), bsuid: person.bsuid.clone() },
            profile_name: Some(format!("Guest {who}")),
            sent_at: now,
            quotes: None,
            content,
        };
        bring(self, vec![HookEvent::Message(message)], (1, 20));
    }
}

fn media(id: &str, mime: &str) -> MediaRef {
    MediaRef { id: id.to_owned(), mime: mime.to_owned(), sha256: None }
}

fn tap(choice: &Choice) -> Content {
    Content::Tap { token: choice.token.clone(), title: choice.title.clone() }
}

/// Buttons and rows of the last message that has some.
fn choices_of(read: &[Message]) -> Vec<Choice> {
    let choices = read.iter().rev().map(Message::choices).find(|choices| !choices.is_empty());
    choices.unwrap_or_default().to_vec()
}

/// The checkout that a message links to.
fn offer_in(message: &Message) -> Option<String> {
    let text = match message {
        Message::Link { url, .. } => url.clone(),
        Message::Template { parameters, .. } => parameters.join(" "),
        Message::Text { body } | Message::Buttons { body, .. } | Message::List { body, .. } => body.clone(),
        Message::Document { .. }
        | Message::Image { .. }
        | Message::File { .. }
        | Message::Audio { .. }
        | Message::Location { .. } => message.preview().to_owned(),
    };
    let (_, offer) = text.split_once(PAY_URL)?;
    Some(offer.chars().take_while(char::is_ascii_alphanumeric).collect())
}
