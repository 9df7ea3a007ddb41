//! The page of price rules.

use super::example::{Example, Looking};
use super::form::RuleForm;
use super::sentences::{self, KINDS, PERS, WAYS};
use crate::app::manage::ManageError;
use crate::app::{AppContext, price_rules};
use crate::domain::ids::PriceRuleId;
use crate::domain::user::Permission;
use crate::store::{Read, cabins};
use crate::web::admin::form::Wrong;
use crate::web::admin::guard::SignedIn;
use crate::web::admin::page::{Failed, Frame, Page, Seat, Tab};
use crate::web::admin::rates::DAYS;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::{State, get, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::PricesView, routes![show])
}

#[derive(Template)]
#[template(path = "price_rules.html", config = "assets/askama.toml")]
pub(super) struct PriceRules {
    pub(super) frame: Frame,
    cabins: Vec<(i64, String)>,
    rules: Vec<Row>,
    /// The rule being changed.
    edit: Option<i64>,
    form: RuleForm,
    pub(super) wrong: Wrong,
    days: [(&'static str, &'static str); 7],
    kinds: [(&'static str, &'static str); 7],
    pers: [(&'static str, &'static str); 5],
    ways: [(&'static str, &'static str); 3],
    example: Example,
}

struct Row {
    id: i64,
    title: String,
    amount: String,
    conditions: String,
    active: bool,
    remarks: Vec<String>,
}

#[get("/price_rules?<looking..>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, looking: Looking) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, looking.said.as_deref());
    let context = Arc::clone(&web.app.context);
    let page = web.app.store.read(move |tx| load(tx, &context, &seat, &looking, None));
    Page::ok(&page.await?)
}

/// The page; `kept` is a refused form.
pub(super) fn load(
    tx: &impl Read,
    context: &AppContext,
    seat: &Seat,
    looking: &Looking,
    kept: Option<RuleForm>,
) -> Result<PriceRules, ManageError> {
    let (cabins, all) = (cabins::list(tx)?, price_rules::with_remarks(tx, context)?);
    let names: Vec<(i64, String)> = cabins.iter().map(|cabin| (cabin.id.0, cabin.name.clone())).collect();
    let rule_of = |id: i64| all.iter().map(|(rule, _)| rule).find(|rule| rule.id.0 == id);
    let title_of = |id: PriceRuleId| rule_of(id.0).map(sentences::title).unwrap_or_default();
    let mut rules = Vec::new();
    for (rule, remarks) in &all {
        rules.push(Row {
            id: rule.id.0,
            title: sentences::title(rule),
            amount: sentences::amount(rule, context.currency),
            conditions: sentences::conditions(rule, &names),
            active: rule.active,
            remarks: remarks.iter().map(|remark| sentences::remark(*remark, title_of)).collect(),
        });
    }
    let edited = looking.edit.and_then(rule_of);
    Ok(PriceRules {
        frame: Frame::load(tx, seat, Tab::More, "Adicionales y descuentos")?,
        example: Example::load(tx, context, &cabins, looking)?,
        cabins: names,
        rules,
        edit: edited.map(|rule| rule.id.0),
        form: kept.or(edited.map(RuleForm::of)).unwrap_or_else(RuleForm::blank),
        wrong: Wrong::default(),
        days: DAYS,
        kinds: KINDS,
        pers: PERS,
        ways: WAYS,
    })
}
