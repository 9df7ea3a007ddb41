//! Changing many prices at once: what would change is shown first, and each change can be taken back.

use super::super::flash::Flash;
use super::super::form::{self, Wrong};
use super::super::guard::{CsrfToken, Post, SignedIn};
use super::super::page::{Failed, Frame, Page, Seat, Tab, done};
use super::super::words;
use crate::app::AppContext;
use crate::app::manage::ManageError;
use crate::app::rate_changes::{self, Scope};
use crate::domain::amount;
use crate::domain::ids::{CabinId, RateChangeId};
use crate::domain::money::Currency;
use crate::domain::pricing::RulePercent;
use crate::domain::rates::{By, PriceChange, RateEdits};
use crate::domain::user::Permission;
use crate::store::{self, Read, cabins};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;
use rocket::{FromForm, Responder, State, get, post, routes};
use std::sync::Arc;

const HERE: &str = "/admin/rate_changes";
/// Changes that can be taken back from the page.
const SHOWN: u32 = 10;
/// Prices become multiples of it when the owner says nothing: 100 pesos.
const ROUND_TO: i64 = 100_00;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::PricesChange, routes![show, apply, undo])
}

#[derive(FromForm, Clone, Default)]
struct Wanted {
    cabins: Vec<i64>,
    from: Option<String>,
    /// Last night, itself in it.
    last: Option<String>,
    /// "10 %", "-5 %", "5.000", "-5.000".
    by: Option<String>,
    round_to: Option<String>,
    /// Copies the seasons of the span to the next year in place of changing them.
    copy: bool,
}

#[derive(Template)]
#[template(path = "rate_changes.html", config = "assets/askama.toml")]
struct RateChanges {
    frame: Frame,
    cabins: Vec<(i64, String)>,
    wanted: Wanted,
    wrong: Wrong,
    /// What would change; `None` before it is asked.
    preview: Option<Vec<Line>>,
    made: Vec<Made>,
}

struct Line {
    cabin: String,
    what: String,
    before: String,
    after: String,
}

struct Made {
    id: i64,
    when: String,
    who: String,
    prices: String,
    undone: bool,
}

#[derive(Responder)]
enum BulkResponse {
    Page(Page),
    Away(Box<rocket::response::Redirect>),
}

impl Wanted {
    fn text(field: &Option<String>) -> &str {
        field.as_deref().unwrap_or_default().trim()
    }

    fn has_cabin(&self, id: impl std::borrow::Borrow<i64>) -> bool {
        self.cabins.contains(id.borrow())
    }

    fn from(&self) -> &str {
        Wanted::text(&self.from)
    }

    fn last(&self) -> &str {
        Wanted::text(&self.last)
    }

    fn by(&self) -> &str {
        Wanted::text(&self.by)
    }

    fn round_to(&self) -> &str {
        Wanted::text(&self.round_to)
    }

    /// What is asked for, or what is wrong by field.
    fn read(&self, currency: Currency) -> Result<(Scope, PriceChange), Wrong> {
        let mut wrong = Wrong::default();
        let by = wrong.take("percent", change(self.by(), currency));
        let round_to = match self.round_to() {
            "" => Some(ROUND_TO),
            text => wrong.take("round_to_cents", form::price(text, currency)),
        };
        let span = wrong.take("to", self.span());
        match (by, round_to, span) {
            (Some(by), Some(round_to), Some(span)) => {
                let cabins = self.cabins.iter().map(|id| CabinId(*id)).collect();
                Ok((Scope { cabins, span }, PriceChange { by, round_to }))
            }
            _ => Err(wrong),
        }
    }

    fn span(&self) -> Result<Option<(Date, Date)>, String> {
        match (form::day(Some(self.from())), form::day(Some(self.last()))) {
            (Some(from), Some(last)) if from <= last => Ok(Some((from, last.saturating_add(1.day())))),
            (None, None) if !self.copy => Ok(None),
            _ => Err("Elegí desde cuándo y hasta cuándo; la última noche no puede ser anterior.".to_owned()),
        }
    }

    fn plan(&self, tx: &impl Read, context: &AppContext) -> Result<RateEdits, (Wrong, Option<ManageError>)> {
        let (scope, change) = self.read(context.currency).map_err(|wrong| (wrong, None))?;
        let planned = if self.copy {
            rate_changes::plan_copy(tx, &scope, 1, change)
        } else {
            rate_changes::plan(tx, &scope, change, context.moment(tx).today())
        };
        planned.map_err(|error| match Wrong::refused(&error) {
            Some((wrong, _)) => (wrong, None),
            None => (Wrong::default(), Some(error)),
        })
    }
}

/// "10 %", "-5,5%": a percentage; "5.000", "-5.000": an amount.
fn change(text: &str, currency: Currency) -> Result<By, String> {
    let (sign, size) = match text.strip_prefix('-') {
        Some(size) => (-1, size),
        None => (1, text.trim_start_matches('+')),
    };
    match size.trim().strip_suffix('%') {
        Some(percent) => RulePercent::read(percent)
            .map(|percent| By::Percent(i32::from(percent.hundredths()) * sign))
            .ok_or_else(|| "El porcentaje va de 0,01 a 100.".to_owned()),
        None => form::price(size, currency).map(|minor| By::Amount(minor * i64::from(sign))),
    }
}

#[get("/rate_changes?<said>&<wanted..>")]
async fn show(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    said: Option<&str>,
    wanted: Wanted,
) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, said);
    let context = Arc::clone(&web.app.context);
    let asked = wanted.by.is_some();
    let page = web.app.store.read(move |tx| load(tx, &context, &seat, wanted, asked)).await?;
    if page.wrong.is_empty() { Page::ok(&page) } else { Page::refused(&page) }
}

fn load(
    tx: &impl Read,
    context: &AppContext,
    seat: &Seat,
    wanted: Wanted,
    asked: bool,
) -> Result<RateChanges, ManageError> {
    let moment = context.moment(tx);
    let names: Vec<(i64, String)> =
        cabins::list(tx)?.into_iter().map(|cabin| (cabin.id.0, cabin.name)).collect();
    let (mut preview, mut wrong) = (None, Wrong::default());
    if asked {
        match wanted.plan(tx, context) {
            Ok(edits) => preview = Some(lines(&edits, &names, moment.today())),
            Err((found, None)) => wrong = found,
            Err((_, Some(error))) => return Err(error),
        }
    }
    let made = store::rate_changes::last(tx, SHOWN)?.into_iter().map(|made| Made {
        id: made.id.0,
        when: words::when(made.made_at, &moment),
        who: made.made_by,
        prices: words::count(count(&made.edits), "precio", "precios"),
        undone: made.undone_at.is_some(),
    });
    Ok(RateChanges {
        frame: Frame::load(tx, seat, Tab::More, "Cambiar muchos precios")?,
        cabins: names,
        wanted,
        wrong,
        preview,
        made: made.collect(),
    })
}

fn count(edits: &RateEdits) -> u64 {
    (edits.bases.len() + edits.changed.len() + edits.added.len()) as u64
}

fn lines(edits: &RateEdits, names: &[(i64, String)], today: Date) -> Vec<Line> {
    let name = |id: CabinId| {
        names.iter().find(|(known, _)| *known == id.0).map(|(_, name)| name.clone()).unwrap_or_default()
    };
    let base = edits.bases.iter().map(|base| Line {
        cabin: name(base.cabin),
        what: "Precio de siempre".to_owned(),
        before: amount::write(base.before.minor),
        after: amount::write(base.after.minor),
    });
    let seasons = edits.changed.iter().map(|(before, after)| (Some(before), after));
    let seasons = seasons.chain(edits.added.iter().map(|after| (None, after)));
    let seasons = seasons.map(|(before, after)| Line {
        cabin: name(after.cabin_id),
        what: format!(
            "{} · del {} al {}",
            super::year::named(&after.name),
            words::day(after.from, today),
            words::day(after.to.yesterday().unwrap_or(after.to), today)
        ),
        before: before.map(|before| amount::write(before.price.minor)).unwrap_or_else(|| "nueva".to_owned()),
        after: amount::write(after.price.minor),
    });
    base.chain(seasons).collect()
}

#[post("/rate_changes", data = "<post>")]
async fn apply(web: &State<Arc<Web>>, post: Post<Wanted>) -> Result<BulkResponse, Failed> {
    let (wanted, actor) = (post.form, post.by.actor());
    let (context, asked) = (Arc::clone(&web.app.context), wanted.clone());
    let made = web.app.store.write(move |tx| match wanted.plan(tx, &context) {
        Ok(edits) => rate_changes::apply(tx, edits, &actor).map(Some),
        Err((_, None)) => Ok(None),
        Err((_, Some(error))) => Err(error),
    });
    if made.await?.is_some() {
        return Ok(BulkResponse::Away(Box::new(done(HERE, Flash::Saved))));
    }
    let seat = Seat::of(web, &post.by, None);
    let context = Arc::clone(&web.app.context);
    let page = web.app.store.read(move |tx| load(tx, &context, &seat, asked, true)).await?;
    Ok(BulkResponse::Page(Page::refused(&page)?))
}

#[post("/rate_changes/<id>/undo", data = "<post>")]
async fn undo(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<BulkResponse, Failed> {
    let actor = post.by.actor();
    match web.app.store.write(move |tx| rate_changes::undo(tx, RateChangeId(id), &actor)).await {
        Ok(_) => Ok(BulkResponse::Away(Box::new(done(HERE, Flash::Saved)))),
        Err(ManageError::Stale) => {
            let seat = Seat::of(web, &post.by, None);
            let context = Arc::clone(&web.app.context);
            let read = web.app.store.read(move |tx| load(tx, &context, &seat, Wanted::default(), false));
            let mut page = read.await?;
            let why = "Alguno de esos precios cambió después: no se puede volver todo atrás.";
            page.frame = page.frame.refusing(why.to_owned());
            Ok(BulkResponse::Page(Page::refused(&page)?))
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
#[test]
fn more_and_less_are_typed_as_people_write_them() {
    let typed = |text: &str| change(text, Currency::Ars);
    assert_eq!(typed("10 %"), Ok(By::Percent(1000)));
    assert_eq!(typed("-5,5%"), Ok(By::Percent(-550)));
    assert_eq!((typed("+5.000"), typed("-5.000")), (Ok(By::Amount(5_000_00)), Ok(By::Amount(-5_000_00))));
    assert!(typed("mucho").is_err() && typed("").is_err());
}
