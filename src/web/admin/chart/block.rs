//! Closing nights and reopening them.

use super::super::flash::Flash;
use super::super::guard::{Post, SignedIn};
use super::super::page::{Failed, Frame, Page, Seat, Tab, done};
use super::super::reasons;
use super::super::words;
use super::month::id_of;
use crate::app::AppContext;
use crate::app::manage::{self, ManageError};
use crate::domain::ids::{BlockId, CabinId};
use crate::domain::refusal::Refusal;
use crate::domain::stay::{Stay, StayRefused};
use crate::domain::user::Permission;
use crate::store::chart;
use crate::store::{Read, StoreError, cabins};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;
use rocket::response::Redirect;
use rocket::{FromForm, Responder, State, get, post, routes};
use std::sync::Arc;

/// Years around today within which blocks are listed.
const LISTED_YEARS: i64 = 2;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Bookings, routes![ask, close, one, open])
}

/// The form for closing nights, as typed.
#[derive(FromForm, Clone, Default)]
struct BlockForm {
    cabin: i64,
    from: String,
    /// The last night, itself closed.
    last: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "chart_block.html", config = "assets/askama.toml")]
struct BlockPage {
    frame: Frame,
    wish: BlockForm,
    cabins: Vec<(i64, String)>,
    closed: Vec<Closed>,
    /// Shows one block, without the form for new ones.
    alone: bool,
}

struct Closed {
    id: i64,
    cabin: String,
    when: String,
    reason: String,
    month: String,
}

/// The page again, or a redirect.
#[derive(Responder)]
enum BlockResponse {
    Page(Page),
    Away(Box<Redirect>),
}

#[get("/chart/block?<cabin>&<from>&<last>&<said>")]
async fn ask(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    cabin: Option<i64>,
    from: Option<String>,
    last: Option<String>,
    said: Option<&str>,
) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, said);
    let wish = BlockForm {
        cabin: cabin.unwrap_or_default(),
        from: from.unwrap_or_default(),
        last: last.unwrap_or_default(),
        reason: String::new(),
    };
    let context = Arc::clone(&web.app.context);
    Page::ok(&web.app.store.read(move |tx| load(tx, &context, &seat, wish)).await?)
}

#[post("/chart/block", data = "<post>")]
async fn close(web: &State<Arc<Web>>, post: Post<BlockForm>) -> Result<BlockResponse, Failed> {
    let (wish, actor) = (post.form, post.by.actor());
    let refused = match stay_of(&wish) {
        Ok(stay) => {
            let (cabin, reason) = (CabinId(wish.cabin), wish.reason.trim());
            let outcome = manage::close_nights(&web.app, cabin, stay, reason, &actor).await;
            match outcome {
                Ok(_) => {
                    let path = format!("/admin/chart?from={}", id_of(stay.check_in()));
                    return Ok(BlockResponse::Away(Box::new(done(&path, Flash::Blocked))));
                }
                Err(error) => reasons::manage_error(&error).ok_or_else(|| Failed::from(error))?,
            }
        }
        Err(why) => why,
    };
    let seat = Seat::of(web, &post.by, None);
    let context = Arc::clone(&web.app.context);
    let mut page = web.app.store.read(move |tx| load(tx, &context, &seat, wish)).await?;
    page.frame = page.frame.refusing(refused);
    Ok(BlockResponse::Page(Page::refused(&page)?))
}

#[get("/chart/blocks/<id>")]
async fn one(web: &State<Arc<Web>>, signed_in: SignedIn, id: i64) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, None);
    let context = Arc::clone(&web.app.context);
    let page = web.app.store.read(move |tx| {
        let frame = Frame::load(tx, &seat, Tab::Chart, "Noches cerradas")?;
        let Some(cabin) = cabins::cabin_of_block(tx, BlockId(id))? else { return Ok(None) };
        let blocks = cabins::blocks(tx, cabin, Date::ZERO)?.into_iter().filter(|block| block.id.0 == id);
        let closed = blocks.map(|block| closed(tx, &context, &block)).collect::<Result<_, _>>()?;
        Ok::<_, StoreError>(Some(BlockPage {
            frame,
            wish: BlockForm::default(),
            cabins: Vec::new(),
            closed,
            alone: true,
        }))
    });
    Page::ok(&page.await?.ok_or(Failed::NOT_FOUND)?)
}

#[derive(FromForm)]
struct Opening {
    month: String,
}

#[post("/chart/blocks/<id>/open", data = "<post>")]
async fn open(web: &State<Arc<Web>>, id: i64, post: Post<Opening>) -> Result<Redirect, Failed> {
    let actor = post.by.actor();
    let context = Arc::clone(&web.app.context);
    let opened = web.app.store.write(move |tx| {
        let cabin = cabins::cabin_of_block(tx, BlockId(id))?.ok_or(ManageError::NotFound("block"))?;
        manage::remove_block(tx, &context, cabin, BlockId(id), &actor)
    });
    match opened.await {
        // Reopened by somebody else meanwhile: the result is as wanted.
        Ok(()) | Err(ManageError::NotFound(_)) => {}
        Err(error) => return Err(error.into()),
    }
    web.app.wake.after_decision();
    let today = web.app.store.read(|tx| Ok::<_, StoreError>(tx.now())).await?;
    let today = web.app.context.zone.to_datetime(today).date();
    let month = id_of(super::month::first_day(Some(&post.form.month), today));
    Ok(done(&format!("/admin/chart?from={month}"), Flash::Opened))
}

fn stay_of(wish: &BlockForm) -> Result<Stay, String> {
    let day = |text: &str, name: &str| -> Result<Date, String> {
        text.trim().parse().map_err(|_| format!("{name}: falta la fecha."))
    };
    let (from, last) = (day(&wish.from, "Primera noche")?, day(&wish.last, "Última noche")?);
    if last < from {
        return Err("La última noche tiene que ser la primera o una posterior.".into());
    }
    Stay::new(from, last.saturating_add(1.day())).map_err(|refused| match refused {
        StayRefused::Backwards => reasons::refusal(&Refusal::BadDates),
        StayRefused::TooLong => "Se cierran 365 noches como mucho cada vez.".into(),
    })
}

fn load(tx: &impl Read, context: &AppContext, seat: &Seat, wish: BlockForm) -> Result<BlockPage, StoreError> {
    let today = context.moment(tx).today();
    let blocks = chart::blocks(tx, today, today.saturating_add(LISTED_YEARS.years()))?;
    let cabins = cabins::list(tx)?.into_iter().map(|cabin| (cabin.id.0, cabin.name)).collect();
    Ok(BlockPage {
        frame: Frame::load(tx, seat, Tab::Chart, "Cerrar noches")?,
        wish,
        cabins,
        closed: blocks.iter().map(|block| closed(tx, context, block)).collect::<Result<_, _>>()?,
        alone: false,
    })
}

fn closed(tx: &impl Read, context: &AppContext, block: &cabins::Block) -> Result<Closed, StoreError> {
    let moment = context.moment(tx);
    let today = moment.today();
    let last = block.stay.check_out().yesterday().unwrap_or(block.stay.check_out());
    let when = if block.stay.nights() == 1 {
        format!("la noche del {}", words::day(last, today))
    } else {
        format!("del {} al {}", words::day(block.stay.check_in(), today), words::day(last, today))
    };
    Ok(Closed {
        id: block.id.0,
        cabin: cabins::name(tx, block.cabin_id)?.unwrap_or_default(),
        when,
        reason: block.reason.clone(),
        month: id_of(block.stay.check_in()),
    })
}
