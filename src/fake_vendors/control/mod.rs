//! The hand that moves the simulated world: `/fake_vendors/…`, for tests and for the demo page. JSON in,
//! JSON out; a refusal is `{"error": sentence}`.
//!
//! | request | does |
//! |---|---|
//! | `POST guests` `{phone, name?, bsuid_only?, on_whatsapp?}` | makes or changes a guest |
//! | `POST guests/{phone}/text` `{text, name?, context?, age_seconds?}` | the guest writes |
//! | `POST guests/{phone}/tap` `{choice}` | taps a button or row, by id or title |
//! | `POST guests/{phone}/{voice,audio,image,video,document,sticker}` | sends the raw body |
//! | `POST guests/{phone}/message` `{type, content, …}` | sends a message of any type |
//! | `POST guests/{phone}/move` `{phone}` | moves to another number |
//! | `GET guests`, `GET guests/{phone}/chat`, `GET media/{id}` | what the phones show |
//! | `POST repeat` `{id}`, `POST raw` | a notification again; any body, rightly signed |
//! | `POST payments` `{preference_id, action, amount_cents?, currency?, against_rules?}` | pays |
//! | `POST payments/{id}` `{action}` | approves, disputes, …; `notify` tells once more |
//! | `PUT whatsapp`, `PUT mercadopago` | how the services behave |
//! | `PUT whatsapp/account`, `GET whatsapp/account`, `PUT whatsapp/template` | the business account and its templates |
//! | `GET mail`, `PUT mail`, `GET push/{name}`, `PUT push/{name}` | letters and pushes; how their services behave |
//! | `PUT feeds/{name}`, `POST …/occupied`, `DELETE …/occupied/{start}`, `POST …/break` | calendars |
//! | `POST faults` `{target, kind, probability?, count?, delay_ms?}`, `DELETE faults[/…]` | faults |
//! | `POST clock` `{advance_seconds}`, `POST connect` `{app_url}` | the vendors' time; casero's address |
//! | `GET scripts`, `POST scripts/{name}` | scripted guests |
//! | `GET world`, `GET panel`, `GET events` | everything; the latest; a sign at every change |

mod answers;
mod guests;
mod outgoing;
mod stage;

use rocket::Route;

/// Everything under `/fake_vendors`.
pub(super) fn routes() -> Vec<Route> {
    let mut routes = guests::routes();
    routes.extend(stage::routes());
    routes.extend(outgoing::routes());
    routes
}
