//! Plays what happens in a conversation: messages come in by the product's own door, its tasks run until nothing is
//! left to do, and what reached the phones and changed in the database is written down.

use super::UNPLAYABLE;
use super::facts::{self, Facts};
use super::outside;
use super::property::{Head, owner, pesos};
use super::shown;
use casero::app::{App, Error, manage, receive};
use casero::domain::ids::ConversationId;
use casero::domain::message::{Choice, Message};
use casero::domain::payment::PaymentStatus;
use casero::domain::phone::Phone;
use casero::jobs::{Task, run_due_once};
use casero::ports::payments::PaymentHook;
use casero::ports::random::Random;
use casero::ports::whatsapp::{Content, HookEvent, InboundMessage, MediaRef, Sender};
use casero::simulation::instance::Ground;
use casero::simulation::machine::Machine;
use casero::simulation::next_event::NextEvent;
use casero::simulation::payments::pays_plainly;
use casero::simulation::people::OWNER;
use casero::simulation::rng::Codes;
use casero::simulation::world::{Event, Shared, World};
use casero::store::{Read, ReadTx, StoreError, attention, conversations, guests, in_memory};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use std::sync::Arc;

/// The words allowed before the `>` of an input.
const INPUTS: [&str; 10] =
    ["guest", "late", "voice", "tap", "photo", "sticker", "wait", "paid", "price", "person"];
/// The guest's number.
const GUEST_PHONE: &str = "5493515550123";
/// Bookings of the head were made so many days before.
const BOOKED_BEFORE: i64 = 30;
/// Time for the results of one input: halves of a wish, delivery reports, the second try of a link.
const SETTLING: SignedDuration = SignedDuration::from_secs(30);
/// The delay of `late>`.
const LATE: SignedDuration = SignedDuration::from_hours(8);
/// Rounds of the tasks before a product that never comes to rest is called broken.
const ROUNDS_MAX: usize = 300;

/// The input that a line is, if it is one: who, and what.
pub(super) fn input(line: &str) -> Option<(&str, &str)> {
    let (who, what) = line.split_once('>')?;
    INPUTS.contains(&who).then_some((who, what.trim()))
}

/// The product with one guest, its owner, and a world outside in which everything works.
pub(super) struct Player {
    pub(super) app: App,
    pub(super) name: String,
    /// Keeps the database while it is open.
    _memory: Connection,
    _folder: tempfile::TempDir,
    world: Shared,
    machine: Arc<Machine>,
    guest: usize,
    /// Everything that could ever be tapped, newest last.
    choices: Vec<Choice>,
    facts: Facts,
}

impl Player {
    /// A property as the head of a file has it, at the moment at which the conversation begins.
    pub(super) async fn new(head: &str) -> Player {
        let head = Head::read(head);
        let zone = TimeZone::get("America/Argentina/Buenos_Aires").expect("bundled");
        let begins = head.begins(&zone);
        let before = begins - SignedDuration::from_hours(24 * BOOKED_BEFORE);
        let mut world = World::calm(before, zone);
        world.add_owner();
        let guest = world.add_phone(GUEST_PHONE);
        let (world, machine) = (Shared::new(world), Arc::new(Machine::new(before)));
        let folder = outside::folder();
        let ground = Ground {
            _database: in_memory(folder.path()).expect("memory"),
            folder: folder.path().to_owned(),
            world: world.clone(),
            machine: Arc::clone(&machine),
            codes: Arc::new(Codes::new(0)),
        };
        let mut app = ground.open().expect("a new database");
        let Ground { _database, .. } = ground;
        let chance: Arc<dyn Random> = Arc::new(outside::Counting::default());
        app.ports.random = Arc::clone(&chance);
        app.ports.speech = Arc::new(outside::Dictation);
        let context = Arc::get_mut(&mut app.context).expect("nobody else has it yet");
        context.random = chance;
        context.payments_on = head.pays_online();
        let name = head.guest().to_owned();
        let (choices, facts) = (Vec::new(), Facts::new());
        let (_memory, _folder) = (_database, folder);
        let mut player = Player { app, name, _memory, _folder, world, machine, guest, choices, facts };
        player.arrange(&head).await;
        let days = if head.has_bookings() { 0..=BOOKED_BEFORE } else { BOOKED_BEFORE..=BOOKED_BEFORE };
        for day in days {
            player.set_time(before + SignedDuration::from_hours(24 * day));
            player.work().await;
        }
        // Earlier messages are not part of the conversation.
        player.outcome();
        player
    }

    /// Lets one thing happen; answers what came of it, line by line.
    pub(super) async fn happens(&mut self, who: &str, what: &str) -> String {
        let content = match who {
            "guest" | "late" => Content::Text { body: what.to_owned() },
            "voice" => self.recorded(what),
            "tap" => match self.tapped(what) {
                Some(tap) => tap,
                None => return format!("bot> {UNPLAYABLE} there is no button {what:?}\n"),
            },
            "photo" => {
                let media = media("picture", "image/jpeg");
                Content::Image { media, caption: Some(what.to_owned()).filter(|words| !words.is_empty()) }
            }
            "sticker" => Content::Sticker,
            "wait" => return self.waits(span(what)).await,
            beside => {
                match beside {
                    "paid" => self.paid(what),
                    "price" => self.change_prices(pesos(what)).await,
                    "person" => self.person(what).await,
                    other => unreachable!("{other} is no input"),
                }
                self.settle().await;
                return self.outcome();
            }
        };
        let now = self.now();
        self.arrives(content, if who == "late" { now - LATE } else { now }).await;
        self.settle().await;
        let outcome = self.outcome();
        if outcome.starts_with("bot>") { outcome } else { format!("bot> (silence)\n{outcome}") }
    }

    pub(super) fn phone(&self) -> Phone {
        Phone::parse(GUEST_PHONE).expect("a number")
    }

    fn now(&self) -> Timestamp {
        self.world.lock().now
    }

    fn set_time(&self, now: Timestamp) {
        self.world.lock().now = now;
        self.machine.set_clock(now, SignedDuration::ZERO);
    }

    /// A message of the guest comes to our door.
    async fn arrives(&self, content: Content, sent_at: Timestamp) {
        let id = {
            let world = &mut *self.world.lock();
            world.people[self.guest].wrote_at = Some(sent_at);
            format!("in.{}", world.number())
        };
        let message = InboundMessage {
            id,
            from: Sender { phone: Some(GUEST_PHONE.to_owned()), bsuid: None },
            profile_name: Some(self.name.clone()),
            sent_at,
            quotes: None,
            content,
        };
        self.notified(&[HookEvent::Message(message)]).await;
    }

    async fn notified(&self, events: &[HookEvent]) {
        let body = serde_json::to_vec(events).expect("events can be written");
        receive::whatsapp(&self.app, body).await.expect("a notification is stored");
    }

    /// A recording with these words, heard as surely as the number before them says.
    fn recorded(&self, what: &str) -> Content {
        let world = &mut *self.world.lock();
        let id = format!("voice{}", world.number());
        world.whatsapp.recordings.insert(id.clone(), what.to_owned());
        Content::Audio { media: media(&id, "audio/ogg; codecs=opus"), voice: true }
    }

    /// The newest button or row with this title; `(old)` is one that means nothing any more.
    fn tapped(&self, title: &str) -> Option<Content> {
        if title == "(old)" {
            return Some(Content::Tap { token: "forgotten".to_owned(), title: "Reservar".to_owned() });
        }
        let choice = self.choices.iter().rev().find(|choice| choice.title == title)?;
        Some(Content::Tap { token: choice.token.clone(), title: choice.title.clone() })
    }

    /// The oldest link that is open and unpaid is paid: `paid>` as asked, `paid> 50000` another amount, `paid>
    /// pending`, `in process` or `rejected` with another end.
    fn paid(&self, what: &str) {
        let world = &mut *self.world.lock();
        let unpaid = world.payments.offers.iter().find(|(_, offer)| {
            let same = |reference: &Option<String>| reference.as_ref() == Some(&offer.reference);
            !offer.closed
                && !world
                    .payments
                    .payments
                    .values()
                    .any(|paid| same(&paid.now.reference) && paid.was_approved)
        });
        let (id, asked) = unpaid.map(|(id, offer)| (id.clone(), offer.amount)).expect("a link to pay");
        let (amount, status) = match what {
            "" => (asked, PaymentStatus::Approved),
            "pending" => (asked, PaymentStatus::Pending),
            "in process" => (asked, PaymentStatus::InProcess),
            "rejected" => (asked, PaymentStatus::Rejected),
            amount => (pesos(amount), PaymentStatus::Approved),
        };
        pays_plainly(world, &id, amount.minor, status);
    }

    /// A person at the property: takes the conversation over, leaves it, writes in it, settles what was raised.
    async fn person(&self, what: &str) {
        let (id, context) = (self.conversation().await, Arc::clone(&self.app.context));
        let what = what.to_owned();
        let done = self.app.store.write(move |tx| match what.split_once(' ') {
            Some(("takes", "over")) => manage::take_over(tx, id, &owner()),
            Some(("writes", words)) => manage::reply(tx, &context, id, words, &owner()),
            Some(("settles", kind)) => {
                let open = attention::open(tx)?.into_iter().find(|attention| attention.kind.code() == kind);
                manage::resolve(tx, open.expect("an open matter of this kind").id, "done", &owner())
            }
            _ if what == "leaves" => manage::hand_back(tx, id, &owner()),
            _ => panic!("a person does not know how to {what:?}"),
        });
        done.await.expect("a person may do so");
    }

    async fn conversation(&self) -> ConversationId {
        let phone = self.phone();
        let found = self.app.store.write(move |tx| {
            let guest = guests::find_by_phone(tx, &phone)?.ok_or(Error::NotFound)?;
            Ok::<_, Error>(conversations::of_guest(tx, guest.id)?.id)
        });
        found.await.expect("a guest who wrote")
    }

    /// Time passes; each result is written under its hour.
    async fn waits(&mut self, span: SignedDuration) -> String {
        let end = self.now() + span;
        let mut out = String::new();
        while self.now() < end {
            let now = self.now();
            let next = self.due().filter(|due| *due > now).unwrap_or(end);
            self.set_time(next.min(look_after(now, span)).min(end));
            self.work().await;
            let outcome = self.outcome();
            if !outcome.is_empty() {
                let zone = &self.app.context.zone;
                out.push_str(&format!("at> {}\n{outcome}", facts::minute(self.now(), zone)));
            }
        }
        out
    }

    /// Lets the product come to rest, and the world bring what it has to bring, for as long as that takes.
    async fn settle(&self) {
        let limit = self.now() + SETTLING;
        loop {
            self.work().await;
            let Some(due) = self.due().filter(|due| *due <= limit) else { return };
            let next = due.max(self.now() + SignedDuration::from_secs(1));
            if next > limit {
                return;
            }
            self.set_time(next);
        }
    }

    /// When the product or the simulated world next has something to do.
    fn due(&self) -> Option<Timestamp> {
        let own = self.app.store.read_blocking(|tx| Ok::<_, StoreError>(NextEvent::look(tx.connection())?));
        own.expect("a readable database").first().into_iter().chain(self.world.lock().next_at()).min()
    }

    /// Runs every task until none finds anything to do, twice: deadlines are minded after all else.
    async fn work(&self) {
        let mut idle = 0;
        for _ in 0..ROUNDS_MAX {
            let mut done = self.world_knocks().await;
            for task in Task::ALL {
                done += run_due_once(task, &self.app).await.expect("a task that can go on");
            }
            idle = if done == 0 { idle + 1 } else { 0 };
            if idle == 2 {
                return;
            }
        }
        panic!("the product never comes to rest");
    }

    /// Brings what is due of the world's own: reports of delivery, news of payments. People do nothing by themselves.
    async fn world_knocks(&self) -> usize {
        let event = self.world.lock().next_due();
        match event {
            None => return 0,
            Some(Event::Hook(events)) => self.notified(&events).await,
            Some(Event::Notice(id)) => {
                let hook = PaymentHook::Payment { id: id.clone() };
                receive::mercadopago(&self.app, Vec::new(), hook).await.expect("a notification is stored");
            }
            Some(_) => {}
        }
        1
    }

    /// Messages received by the phones since the last call, and changes of the database.
    fn outcome(&mut self) -> String {
        let take = |who: usize| std::mem::take(&mut self.world.lock().people[who].unread);
        let (to_guest, to_owner) = (take(self.guest), take(OWNER));
        let mut out: String = to_guest.iter().map(|message| shown::written("bot", message)).collect();
        out.extend(to_owner.iter().map(|message| shown::written("owner", message)));
        self.choices.extend(to_guest.iter().flat_map(Message::choices).cloned());
        let zone = self.app.context.zone.clone();
        let phone = self.phone();
        let look = move |tx: &ReadTx<'_>| {
            Ok::<_, StoreError>((facts::look(tx, &zone)?, guests::find_by_phone(tx, &phone)?))
        };
        let (mut facts, guest) = self.app.store.read_blocking(look).expect("facts");
        // The owner is not a contact of this conversation; a guest who writes first has a name from WhatsApp.
        let guest = guest.map(|guest| guest.id.0);
        facts.retain(|(table, id), _| *table != facts::CONTACTS || Some(*id) == guest);
        if let Some(id) = guest {
            self.facts.entry((facts::CONTACTS, id)).or_insert_with(|| format!("contact> {}, es", self.name));
        }
        out.push_str(&facts::changed(&self.facts, &facts));
        self.facts = facts;
        out
    }
}

/// The step of a wait: the product checks its deadlines all the time, a wait each minute when it is short, each
/// hour when it takes days.
fn look_after(now: Timestamp, span: SignedDuration) -> Timestamp {
    let minutes = match span.as_hours() {
        0..6 => 1,
        6..48 => 10,
        _ => 60,
    };
    now + SignedDuration::from_mins(minutes)
}

/// `20m`, `5h`, `3d`.
fn span(text: &str) -> SignedDuration {
    let (number, unit) = text.split_at(text.len().saturating_sub(1));
    let number: i64 = number.parse().unwrap_or_else(|_| panic!("no time: {text}"));
    match unit {
        "m" => SignedDuration::from_mins(number),
        "h" => SignedDuration::from_hours(number),
        "d" => SignedDuration::from_hours(24 * number),
        _ => panic!("no time: {text}"),
    }
}

fn media(id: &str, mime: &str) -> MediaRef {
    MediaRef { id: id.to_owned(), mime: mime.to_owned(), sha256: None }
}
