//! The setup of a conversation, as its owner would make it: cabins, seasons, settings, blocks, bookings made a
//! month before.

use super::player::Player;
use casero::app::reserve::{self, Held, HoldRequest, ReconcileFirst, Who};
use casero::app::{Error, holding, manage, pay, price_rules};
use casero::domain::audit::Actor;
use casero::domain::cabin::{Cabin, Season};
use casero::domain::channel::KnownChannel;
use casero::domain::ids::ReservationId;
use casero::domain::language::Language;
use casero::domain::money::{Currency, Money};
use casero::domain::party::Party;
use casero::domain::payment::PaymentMethod;
use casero::domain::reservation::Event;
use casero::domain::settings::Settings;
use casero::domain::stay::Stay;
use casero::domain::week::Weekdays;
use casero::simulation::people::OWNER_PHONE;
use casero::store::guests::Identity;
use casero::store::{cabins, guests};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::sync::Arc;

/// The lines before the first input.
pub(super) struct Head {
    lines: Vec<(String, String)>,
}

impl Head {
    /// Reads `key: value` lines; remarks and empty lines say nothing.
    pub(super) fn read(text: &str) -> Head {
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let pair = |line: &str| {
            let (key, value) = line.split_once(": ").unwrap_or_else(|| panic!("no setting: {line}"));
            (key.to_owned(), value.trim().to_owned())
        };
        Head { lines: lines.map(pair).collect() }
    }

    fn value(&self, key: &str) -> Option<&str> {
        self.lines.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    pub(super) fn begins(&self, zone: &TimeZone) -> Timestamp {
        let today = self.value("today").expect("a line `today:`");
        let local: DateTime = today.replace(' ', "T").parse().expect("a day and an hour");
        zone.to_timestamp(local).expect("an instant")
    }

    /// The name that the guest goes by on WhatsApp.
    pub(super) fn guest(&self) -> &str {
        self.value("guest").unwrap_or("Ana")
    }

    /// Whether something happened before the conversation begins.
    pub(super) fn has_bookings(&self) -> bool {
        self.lines.iter().any(|(key, _)| matches!(key.as_str(), "booked" | "staying"))
    }

    /// Whether deposits are taken online.
    pub(super) fn pays_online(&self) -> bool {
        self.value("online") != Some("no")
    }
}

pub(super) fn owner() -> Actor {
    Actor::User("owner@example.com".to_owned())
}

/// Pesos as a file writes them, without centavos.
pub(super) fn pesos(text: &str) -> Money {
    Money::new(text.parse::<i64>().expect("whole pesos") * 100, Currency::Ars)
}

impl Player {
    /// Arranges the property and its guest.
    pub(super) async fn arrange(&self, head: &Head) {
        self.change_settings(|settings| {
            settings.property_name = "Cabañas del Arroyo".into();
            settings.property_address = "Camino del Arroyo 250, Villa Serena".into();
            settings.owner_phone = OWNER_PHONE.into();
        })
        .await;
        for (key, value) in &head.lines {
            self.set(key, value.clone()).await;
        }
    }

    async fn change_settings(&self, change: impl FnOnce(&mut Settings) + Send + 'static) {
        let context = Arc::clone(&self.app.context);
        let changed = self.app.store.write(move |tx| {
            let change = |settings: &mut Settings| {
                change(settings);
                Ok(())
            };
            manage::change_settings(tx, &context, None, change, &owner())
        });
        changed.await.expect("settings that hold");
    }

    async fn set(&self, key: &str, value: String) {
        match key {
            "today" | "guest" | "online" => {}
            "language" => self.set_language(&value).await,
            "min nights" => {
                let nights = value.parse().expect("a number of nights");
                self.change_settings(move |settings| settings.min_nights = nights).await;
            }
            "lead hours" => {
                let hours = value.parse().expect("a number of hours");
                self.change_settings(move |settings| settings.lead_time_hours = hours).await;
            }
            "alias" => self.change_settings(|settings| settings.bank_alias = value).await,
            "answer" => {
                let (topic, words) = value.split_once(" = ").expect("`topic = words`");
                let (topic, words) = (topic.to_owned(), words.to_owned());
                self.change_settings(|settings| drop(settings.answers.insert(topic, words))).await;
            }
            "cabin" => self.add_cabin(&value).await,
            "rule" => {
                let terms = serde_json::from_str(&value).expect("a price rule");
                let added = self.app.store.write(move |tx| price_rules::add(tx, &terms, &owner()).map(drop));
                added.await.expect("a price rule");
            }
            "arrivals" => self.add_season(&value).await,
            "taken" => {
                let [name, from, to] = last_words(&value);
                let (cabin, stay) = (self.cabin(name).await.id, stay(from, to));
                manage::close_nights(&self.app, cabin, stay, "", &owner()).await.expect("free nights");
            }
            "booked" => drop(self.book(&value).await),
            "staying" => {
                let id = self.book(&value).await;
                let context = Arc::clone(&self.app.context);
                let arrived = self
                    .app
                    .store
                    .write(move |tx| reserve::record(tx, &context, id, Event::CheckIn, &owner()).map(drop));
                arrived.await.expect("a confirmed booking");
            }
            _ => panic!("no such setting: {key}"),
        }
    }

    async fn set_language(&self, code: &str) {
        let language = Language::from_code(code).expect("a language");
        let identity = self.identity();
        let set = self.app.store.write(move |tx| {
            let guest = guests::find_or_insert(tx, &identity)?;
            Ok::<_, Error>(guests::set_language(tx, guest.id, language)?)
        });
        set.await.expect("a guest");
    }

    async fn add_cabin(&self, value: &str) {
        let [name, capacity, price] = last_words(value);
        let cabin = Cabin::new(name, capacity.parse().expect("a number of people"), pesos(price));
        let added = self.app.store.write(move |tx| manage::add_cabin(tx, &cabin, &owner()));
        added.await.expect("a cabin");
    }

    async fn add_season(&self, value: &str) {
        let [name, from, to, days] = last_words(value);
        let cabin = self.cabin(name).await;
        let days: Vec<String> = days.split(',').map(str::to_owned).collect();
        let season = Season {
            arrival_days: Weekdays::try_from(days).expect("days of the week"),
            ..Season::new(cabin.id, "temporada", day(from), day(to), cabin.base_price)
        };
        let added = self.app.store.write(move |tx| manage::add_season(tx, &season, &owner()));
        added.await.expect("a season");
    }

    /// The guest booked by telephone and paid the deposit by transfer.
    async fn book(&self, value: &str) -> ReservationId {
        let [name, from, to, guests] = last_words(value);
        let request = HoldRequest {
            cabin_id: self.cabin(name).await.id,
            stay: stay(from, to),
            party: Party::of_adults(guests.parse().expect("a number of people")),
            terms: Default::default(),
            agreed: Default::default(),
            who: Who::Named(self.identity()),
            channel: KnownChannel::Direct.into(),
            total_said: None,
            reconcile: ReconcileFirst::AskFirst,
        };
        let Held::Yes(held) = holding::hold_now(&self.app, request).await.expect("free nights") else {
            unreachable!("no price was said")
        };
        let context = Arc::clone(&self.app.context);
        let (id, deposit) = (held.id, held.quote.deposit);
        let paid = self.app.store.write(move |tx| {
            pay::record_by_hand(tx, &context, id, deposit, PaymentMethod::Transfer, &owner()).map(drop)
        });
        paid.await.expect("a deposit");
        id
    }

    fn identity(&self) -> Identity {
        Identity { phone: Some(self.phone()), name: self.name.clone(), ..Identity::default() }
    }

    async fn cabin(&self, name: &str) -> Cabin {
        let all = self.cabins().await;
        all.into_iter().find(|cabin| cabin.name == name).unwrap_or_else(|| panic!("no cabin {name:?}"))
    }

    pub(super) async fn cabins(&self) -> Vec<Cabin> {
        self.app.store.read(|tx| Ok::<_, Error>(cabins::list(tx)?)).await.expect("cabins")
    }

    /// The owner changes what a plain night of every cabin costs.
    pub(super) async fn change_prices(&self, price: Money) {
        for cabin in self.cabins().await {
            let cabin = Cabin { base_price: price, ..cabin };
            let changed = self.app.store.write(move |tx| manage::change_cabin(tx, &cabin, &owner()));
            changed.await.expect("a price");
        }
    }
}

/// A name that may hold blanks, and the words behind it.
fn last_words<const N: usize>(value: &str) -> [&str; N] {
    let mut words: Vec<&str> = value.rsplitn(N, ' ').collect();
    words.reverse();
    words.try_into().unwrap_or_else(|_| panic!("a name and {} words: {value}", N - 1))
}

fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("no day: {text}"))
}

fn stay(from: &str, to: &str) -> Stay {
    Stay::new(day(from), day(to)).unwrap_or_else(|_| panic!("no stay: {from} {to}"))
}
