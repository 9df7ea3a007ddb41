//! A price rule as a form: the owner types the last day, and we store the day after it.

use crate::domain::ids::CabinId;
use crate::domain::money::Currency;
use crate::domain::pricing::{PriceRule, PromoCode, RuleAmount, RuleKind, RulePercent, RuleTerms};
use crate::domain::week::Weekdays;
use crate::web::admin::form::{self, Wrong};
use jiff::ToSpan;
use jiff::civil::Date;
use rocket::FromForm;

#[derive(FromForm, Clone, Default)]
pub(super) struct RuleForm {
    pub kind: String,
    pub name: String,
    /// An amount, or a percentage that ends in "%".
    pub amount: String,
    pub per: String,
    pub from_guests: String,
    pub age_under: String,
    pub min_nights: String,
    pub max_nights: String,
    pub days_before_min: String,
    pub days_before_max: String,
    pub pay_with: String,
    pub promo_code: String,
    pub uses_max: String,
    pub from: String,
    /// Last day, itself in it.
    pub last: String,
    pub arrival_days: Vec<String>,
    pub departure_days: Vec<String>,
    /// None chosen means all.
    pub cabins: Vec<i64>,
    pub optional: bool,
    /// Not in force for now.
    pub paused: bool,
}

impl RuleForm {
    /// An empty form.
    pub(super) fn blank() -> RuleForm {
        RuleForm { kind: RuleKind::Pet.code().to_owned(), ..RuleForm::default() }
    }

    pub(super) fn of(rule: &PriceRule) -> RuleForm {
        let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
        let amount = match rule.amount {
            RuleAmount::AmountCents(minor) => crate::domain::amount::write(minor),
            RuleAmount::Percent(percent) => format!("{} %", super::sentences::decimal(percent)),
        };
        let last = rule.to.map(|to| to.yesterday().unwrap_or(to).to_string());
        RuleForm {
            kind: rule.kind.code().to_owned(),
            name: rule.name.clone(),
            amount,
            per: rule.per.code().to_owned(),
            from_guests: number(rule.from_guests),
            age_under: number(rule.age_under.map(u16::from)),
            min_nights: number(rule.min_nights),
            max_nights: number(rule.max_nights),
            days_before_min: number(rule.days_before_min),
            days_before_max: number(rule.days_before_max),
            pay_with: rule.pay_with.map(|way| way.code().to_owned()).unwrap_or_default(),
            promo_code: rule.promo_code.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default(),
            uses_max: rule.uses_max.map(|uses| uses.to_string()).unwrap_or_default(),
            from: rule.from.map(|from| from.to_string()).unwrap_or_default(),
            last: last.unwrap_or_default(),
            arrival_days: rule.arrival_days.into(),
            departure_days: rule.departure_days.into(),
            cabins: rule.cabin_ids.iter().flatten().map(|id| id.0).collect(),
            optional: rule.optional,
            paused: !rule.active,
        }
    }

    pub(super) fn has_cabin(&self, id: impl std::borrow::Borrow<i64>) -> bool {
        self.cabins.contains(id.borrow())
    }

    pub(super) fn arrives(&self, day: &str) -> bool {
        self.arrival_days.iter().any(|known| known == day)
    }

    pub(super) fn departs(&self, day: &str) -> bool {
        self.departure_days.iter().any(|known| known == day)
    }

    /// The terms, or what is wrong by field.
    pub(super) fn terms(&self, currency: Currency) -> Result<RuleTerms, Wrong> {
        let mut wrong = Wrong::default();
        let Some(kind) = wrong.take("kind", chosen::<RuleKind>(&self.kind)) else { return Err(wrong) };
        let amount = wrong.take("amount_cents", amount(&self.amount, kind, currency));
        let per = match self.per.as_str() {
            "" => Some(kind.usual_per()),
            per => wrong.take("per", chosen(per)),
        };
        let (from_guests, age_under) = (
            whole(&mut wrong, "from_guests", &self.from_guests),
            whole(&mut wrong, "age_under", &self.age_under),
        );
        let nights = (
            whole(&mut wrong, "min_nights", &self.min_nights),
            whole(&mut wrong, "max_nights", &self.max_nights),
        );
        let days_before = (
            whole(&mut wrong, "days_before_min", &self.days_before_min),
            whole(&mut wrong, "days_before_max", &self.days_before_max),
        );
        let pay_with = match self.pay_with.as_str() {
            "" => None,
            way => wrong.take("pay_with", chosen(way)),
        };
        let uses_max = whole(&mut wrong, "uses_max", &self.uses_max);
        let (from, last) = (day(&mut wrong, "from", &self.from), day(&mut wrong, "to", &self.last));
        let (Some(amount), Some(per), true) = (amount, per, wrong.is_empty()) else { return Err(wrong) };
        Ok(RuleTerms {
            cabin_ids: Some(self.cabins.iter().map(|id| CabinId(*id)).collect())
                .filter(|ids: &Vec<_>| !ids.is_empty()),
            per,
            from_guests,
            age_under,
            min_nights: nights.0,
            max_nights: nights.1,
            days_before_min: days_before.0,
            days_before_max: days_before.1,
            pay_with,
            promo_code: PromoCode::typed(&self.promo_code),
            uses_max,
            from,
            to: last.map(|last| last.saturating_add(1.day())),
            arrival_days: Weekdays::try_from(self.arrival_days.clone()).unwrap_or_default(),
            departure_days: Weekdays::try_from(self.departure_days.clone()).unwrap_or_default(),
            optional: self.optional,
            active: !self.paused,
            ..RuleTerms::of(kind, self.name.trim(), amount)
        })
    }
}

fn chosen<T: std::str::FromStr>(code: &str) -> Result<T, String> {
    code.parse().map_err(|_| "Elegí uno de la lista.".to_owned())
}

fn whole<T: std::str::FromStr>(wrong: &mut Wrong, field: &'static str, text: &str) -> Option<T> {
    wrong.take(field, form::whole_or_none(text)).flatten()
}

fn day(wrong: &mut Wrong, field: &'static str, text: &str) -> Option<Date> {
    let read = match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| "Elegí una fecha.".to_owned()),
    };
    wrong.take(field, read).flatten()
}

/// "10.000", or "10 %"; a child may pay nothing.
fn amount(text: &str, kind: RuleKind, currency: Currency) -> Result<RuleAmount, String> {
    if let Some(percent) = text.trim().strip_suffix('%') {
        let percent = RulePercent::read(percent).map(RuleAmount::Percent);
        return percent.ok_or_else(|| "El porcentaje va de 0,01 a 100.".to_owned());
    }
    let free = kind == RuleKind::Child && text.trim() == "0";
    if free {
        Ok(RuleAmount::AmountCents(0))
    } else {
        form::price(text, currency).map(RuleAmount::AmountCents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PriceRuleId;
    use crate::domain::pricing::Per;

    #[test]
    fn a_rule_is_typed_as_it_is_shown() {
        let form = RuleForm {
            kind: "discount".to_owned(),
            name: "Semana".to_owned(),
            amount: "10,5 %".to_owned(),
            min_nights: "7".to_owned(),
            from: "2027-03-01".to_owned(),
            last: "2027-03-31".to_owned(),
            arrival_days: vec!["sun".to_owned()],
            cabins: vec![3],
            ..RuleForm::default()
        };
        let terms = form.terms(Currency::Ars).expect("sound");
        assert_eq!((terms.per, terms.to), (Per::Stay, Some(jiff::civil::date(2027, 4, 1))));
        let rule = PriceRule::new(PriceRuleId(1), terms.clone(), 0).expect("sound");
        assert_eq!(RuleForm::of(&rule).terms(Currency::Ars).expect("sound"), terms);
    }

    #[test]
    fn what_can_not_be_read_is_told_at_its_field() {
        let form = RuleForm { kind: "pet".to_owned(), amount: "mucho".to_owned(), ..RuleForm::default() };
        assert!(form.terms(Currency::Ars).unwrap_err().has("amount_cents"));
        let form =
            RuleForm { kind: "discount".to_owned(), amount: "120 %".to_owned(), ..RuleForm::default() };
        assert!(form.terms(Currency::Ars).unwrap_err().of("amount_cents").unwrap().contains("100"));
    }
}
