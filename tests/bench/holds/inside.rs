//! Durable holds by the use-case, inside this process: casero's speed without the web.

use crate::measure::{Bell, Timings};
use crate::nights::{self, NightRequest, Nights};
use casero::adapters::speech::ModelBytes;
use casero::app::reserve::{Held, HoldRequest, ReconcileFirst, Who};
use casero::app::{App, holding};
use casero::boot;
use casero::config::Config;
use casero::domain::party::Party;
use casero::domain::phone::Phone;
use casero::domain::stay::Stay;
use casero::store::guests::Identity;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Holds by this many clients at once, for each number of clients.
pub fn holds<const N: usize>(data: &Path, clients: [usize; N]) -> [Timings; N] {
    let data = data.to_str().expect("a plain path").to_owned();
    let settings = [("CASERO_STORAGE_DATA_DIR".to_owned(), data)];
    let config = Config::from_parts(None, settings).expect("settings");
    let server = boot::assemble(&config, ModelBytes(&[])).expect("a server");
    let nights = Arc::new(Nights::of(&server.app.store, nights::MANY));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    clients.map(|count| runtime.block_on(race(count, &server.app, &nights)))
}

async fn race(clients: usize, app: &Arc<App>, nights: &Arc<Nights>) -> Timings {
    let bell = Arc::new(Bell::ring());
    let start = |_| tokio::spawn(client(Arc::clone(&bell), Arc::clone(app), Arc::clone(nights)));
    let tasks: Vec<_> = (0..clients).map(start).collect();
    let mut turns = Vec::new();
    for task in tasks {
        turns.extend(task.await.expect("a client ends well"));
    }
    Timings::new(turns, bell.elapsed())
}

async fn client(bell: Arc<Bell>, app: Arc<App>, nights: Arc<Nights>) -> Vec<std::time::Duration> {
    let mut turns = Vec::new();
    while bell.turn().is_some() {
        let request = request(nights.next());
        let begun = Instant::now();
        let held = holding::hold_now(&app, request).await.expect("the night is free");
        turns.push(begun.elapsed());
        assert!(matches!(held, Held::Yes(_)), "no price was said");
    }
    turns
}

fn request(request: NightRequest) -> HoldRequest {
    HoldRequest {
        cabin_id: request.cabin,
        stay: Stay::new(request.check_in, request.check_out).expect("one night"),
        party: Party::of_adults(2),
        terms: Default::default(),
        agreed: Default::default(),
        who: Who::Named(Identity {
            phone: Phone::parse(&request.phone),
            name: "Marta Quiroga".to_owned(),
            ..Identity::default()
        }),
        channel: casero::domain::channel::KnownChannel::Api.into(),
        total_said: None,
        reconcile: ReconcileFirst::AskFirst,
    }
}
