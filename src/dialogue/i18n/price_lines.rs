//! The lines of a price in the guest's language: what each is for, and how it was counted.

use super::catalogue::Locale;
use super::format::Nights;
use crate::domain::language::OWNER_LANGUAGE;
use crate::domain::money::{Currency, Money};
use crate::domain::pricing::{
    DiscountReason, LineBasis, LineKind, Quote, QuoteLine, RuleAmount, RuleTerms, discount_reason,
};

impl Locale {
    /// A line for each amount, the nights together; none when the nights are all.
    pub fn price_lines(self, quote: &Quote) -> Vec<String> {
        let others: Vec<&QuoteLine> = quote.lines.iter().filter(|line| line.night.is_none()).collect();
        let nights = quote.nights().map(|(_, amount)| amount).reduce(|sum, amount| {
            // The quote's own sum has been checked.
            sum.checked_add(amount).unwrap_or(sum)
        });
        let count = u16::try_from(quote.nights().count()).unwrap_or(u16::MAX);
        let nights =
            nights.map(|sum| self.line_priced(&self.nights(count), sum)).filter(|_| !others.is_empty());
        let others = others.into_iter().map(|line| self.line_priced(&self.line_label(line), line.amount));
        nights.into_iter().chain(others).collect()
    }

    /// What a line is for: "Persona adicional (2 personas, 3 noches)".
    pub fn line_label(self, line: &QuoteLine) -> String {
        let what = self.what(line);
        let details = line.basis.as_ref().map(|basis| self.details(line.kind, basis)).unwrap_or_default();
        if details.is_empty() { what } else { self.line_of(&what, &details.join(", ")) }
    }

    /// The owner's name for it, which is in the owner's language; else its kind or its reason.
    fn what(self, line: &QuoteLine) -> String {
        let speaks_the_owners = self.code() == OWNER_LANGUAGE.code();
        let says_more = match line.kind {
            LineKind::Fee | LineKind::Tax | LineKind::Adjustment => true,
            LineKind::Night
            | LineKind::ExtraGuest
            | LineKind::Child
            | LineKind::Pet
            | LineKind::Cleaning
            | LineKind::Discount => speaks_the_owners,
        };
        if says_more && !line.name().is_empty() {
            return line.name().to_owned();
        }
        self.reason(line.kind, line.basis.as_ref().and_then(|basis| basis.reason.as_ref()))
    }

    /// A rule by itself: "Limpieza: $ 15.000 por estadía".
    pub fn rule_priced(self, rule: &RuleTerms, currency: Currency) -> String {
        let speaks_the_owners = self.code() == OWNER_LANGUAGE.code();
        let what = if speaks_the_owners && !rule.name.is_empty() {
            rule.name.clone()
        } else {
            self.reason(rule.kind.into(), discount_reason(rule).as_ref())
        };
        match rule.amount {
            RuleAmount::Percent(percent) => self.rule_in_percent(&what, &self.decimal(percent.hundredths())),
            RuleAmount::AmountCents(0) => self.rule_free(&what),
            RuleAmount::AmountCents(minor) => self.rule_amount(&what, Money::new(minor, currency), rule.per),
        }
    }

    fn reason(self, kind: LineKind, reason: Option<&DiscountReason>) -> String {
        match reason {
            None => self.line_kind(kind),
            Some(DiscountReason::PromoCode(code)) => self.line_discount_promo(code.as_str()),
            Some(DiscountReason::PayWith(way)) => self.line_discount_pay_with(*way),
            Some(DiscountReason::Early(_)) => self.line_discount_early(),
            Some(DiscountReason::LastMinute(_)) => self.line_discount_last_minute(),
            Some(DiscountReason::LongStay(nights)) => self.line_discount_long(Nights(*nights)),
            Some(DiscountReason::ShortStay(_)) => self.line_discount_short(),
        }
    }

    fn details(self, kind: LineKind, basis: &LineBasis) -> Vec<String> {
        let mut details = Vec::new();
        if !basis.ages.is_empty() {
            let ages: Vec<String> = basis.ages.iter().map(u8::to_string).collect();
            details.push(self.line_ages(&self.list(&ages)));
        } else if basis.count > 0 {
            let pets = kind == LineKind::Pet;
            details.push(if pets { self.pets(basis.count) } else { self.people(basis.count) });
        }
        if basis.nights > 0 {
            details.push(self.nights(basis.nights));
        }
        details.extend(basis.percent.map(|percent| self.line_percent(&self.decimal(percent.hundredths()))));
        details
    }
}
