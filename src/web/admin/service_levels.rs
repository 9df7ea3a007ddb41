//! Service levels and whether they were met lately, in words for the owner.

use super::words;
use crate::domain::policy::Moment;
use crate::store::{Read, StoreError, feeds, service_levels};
use jiff::SignedDuration;

/// Period measured: a week evens out a bad hour and still shows a bad day.
const LATELY: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Longest wait for the answer to a text.
const TEXT_WAIT_MAX: SignedDuration = SignedDuration::from_secs(3);
/// Longest wait for the answer to a voice note.
const VOICE_WAIT_MAX: SignedDuration = SignedDuration::from_secs(15);
/// Greatest age of a calendar.
const CALENDAR_AGE_MAX: SignedDuration = SignedDuration::from_mins(20);
/// One message in this many may fail.
const ONE_WRONG_OF: u64 = 100;

pub(super) struct ServiceLevel {
    pub name: &'static str,
    /// `ok`, `warn`, or `info` when there was nothing to measure.
    pub state: &'static str,
    pub words: String,
}

pub(super) fn load(tx: &impl Read, moment: &Moment) -> Result<Vec<ServiceLevel>, StoreError> {
    let since = moment.now - LATELY;
    let (all, wrong) = service_levels::messages_gone_wrong(tx, since)?;
    Ok(vec![
        answers(
            "Contestamos los mensajes en menos de 3 segundos",
            service_levels::wait_of_most(tx, since, false)?,
            TEXT_WAIT_MAX,
        ),
        answers(
            "Contestamos los audios en menos de 15 segundos",
            service_levels::wait_of_most(tx, since, true)?,
            VOICE_WAIT_MAX,
        ),
        calendars(tx, moment)?,
        ServiceLevel {
            name: "Menos de 1 de cada 100 mensajes sale mal",
            state: if all == 0 {
                "info"
            } else if wrong * ONE_WRONG_OF < all {
                "ok"
            } else {
                "warn"
            },
            words: match all {
                0 => "No hubo mensajes esta semana".to_owned(),
                _ => format!(
                    "{wrong} de {} salieron mal esta semana",
                    words::count(all, "mensaje", "mensajes")
                ),
            },
        },
    ])
}

fn answers(name: &'static str, wait: Option<SignedDuration>, most: SignedDuration) -> ServiceLevel {
    match wait {
        None => ServiceLevel { name, state: "info", words: "No hubo ninguno esta semana".to_owned() },
        Some(wait) => {
            let tenths = (wait.as_millis() + 99) / 100;
            ServiceLevel {
                name,
                state: if wait <= most { "ok" } else { "warn" },
                words: format!("19 de cada 20, en {},{} segundos o menos", tenths / 10, tenths % 10),
            }
        }
    }
}

fn calendars(tx: &impl Read, moment: &Moment) -> Result<ServiceLevel, StoreError> {
    let name = "Leemos cada calendario al menos cada 20 minutos";
    let read = feeds::list(tx)?.into_iter().filter(|feed| !feed.url.is_empty());
    let age = read.map(|feed| moment.now.duration_since(feed.last_read())).max();
    Ok(match age {
        None => ServiceLevel { name, state: "info", words: "No leemos ningún calendario".to_owned() },
        Some(age) => ServiceLevel {
            name,
            state: if age <= CALENDAR_AGE_MAX { "ok" } else { "warn" },
            words: format!("El más viejo se leyó hace {} minutos", age.as_mins()),
        },
    })
}
