//! Message templates: one a purpose and language, with the words that Meta approves, and the purpose of what is said.
//!
//! Each has two variables, the place's name and the news itself, so that one can stand in for another. The template of
//! a code has Meta's own words.

use super::i18n::{Locale, OWNER};
use super::say::{BookingSay, Say, StaySay};
use crate::domain::language::{Language, OWNER_LANGUAGE};
use crate::domain::whatsapp_account::TemplatePurpose;
use strum::VariantArray;

/// Samples of the variables, which Meta asks for.
const PLACE_SAMPLE: &str = "Cabañas del Cerro";
const NEWS_SAMPLE: &str = "Cabaña Aromo, del 15 al 18 de enero, 4 personas. Código A1B2C3.";

/// A template as it is created at Meta.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub purpose: TemplatePurpose,
    pub name: &'static str,
    /// Meta's code: `es_AR`.
    pub language: String,
    /// The words with `{{1}}` and `{{2}}`; `None` where they are Meta's own.
    pub body: Option<String>,
    /// A value for each variable.
    pub samples: Vec<&'static str>,
}

impl Template {
    /// The number of its variables.
    pub fn variables(&self) -> u64 {
        if self.body.is_some() { 2 } else { 1 }
    }
}

/// Every template that the product needs.
pub fn all() -> Vec<Template> {
    TemplatePurpose::VARIANTS
        .iter()
        .flat_map(|purpose| languages(*purpose).iter().map(|language| template(*purpose, *language)))
        .collect()
}

/// Languages in which there is a template of this purpose.
fn languages(purpose: TemplatePurpose) -> &'static [Language] {
    if purpose.is_for_owners() { &[OWNER_LANGUAGE] } else { Language::all() }
}

fn template(purpose: TemplatePurpose, language: Language) -> Template {
    let locale = Locale::of(language);
    let body = words(purpose, locale, "{{1}}", "{{2}}");
    let samples = if body.is_some() { vec![PLACE_SAMPLE, NEWS_SAMPLE] } else { Vec::new() };
    Template { purpose, name: purpose.template_name(), language: locale.template_language(), body, samples }
}

fn words(purpose: TemplatePurpose, locale: Locale, place: &str, news: &str) -> Option<String> {
    Some(match purpose {
        TemplatePurpose::Notice => locale.template_notice(place, news),
        TemplatePurpose::Urgent => OWNER.template_urgent(place, news),
        TemplatePurpose::Booking => locale.template_booking(place, news),
        TemplatePurpose::Payment => locale.template_payment(place, news),
        TemplatePurpose::Arrival => locale.template_arrival(place, news),
        TemplatePurpose::Stay => locale.template_stay(place, news),
        TemplatePurpose::Reply => locale.template_reply(place, news),
        TemplatePurpose::Waitlist => locale.template_waitlist(place, news),
        TemplatePurpose::Code => return None,
    })
}

/// The language of a template for somebody who speaks this one.
pub fn language_for(purpose: TemplatePurpose, speaks: Language) -> String {
    let language = if purpose.is_for_owners() { OWNER_LANGUAGE } else { speaks };
    Locale::of(language).template_language()
}

/// What a message is about: the first thing that it says.
pub fn purpose_of(say: &[Say]) -> TemplatePurpose {
    match say.first() {
        Some(Say::Booking(BookingSay::ArrivalReminder { .. } | BookingSay::CheckIn { .. })) => {
            TemplatePurpose::Arrival
        }
        Some(Say::Booking(BookingSay::ThankYou { .. })) => TemplatePurpose::Stay,
        Some(Say::Booking(_)) => TemplatePurpose::Booking,
        Some(Say::Pay(_)) => TemplatePurpose::Payment,
        Some(Say::Stay(StaySay::WaitlistNews(_))) => TemplatePurpose::Waitlist,
        Some(Say::Stay(_) | Say::Talk(_) | Say::Faq(_) | Say::Request(_)) => TemplatePurpose::Reply,
        None => TemplatePurpose::Notice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::window::NEWS_CHARS_MAX;
    use std::collections::BTreeSet;

    /// Longest text of a template, its variables filled.
    const FILLED_CHARS_MAX: usize = 1024;
    /// Longest name of a place.
    const PLACE_CHARS_MAX: usize = 120;

    #[test]
    fn every_template_keeps_the_rules_of_approval() {
        for template in all() {
            let Some(body) = &template.body else { continue };
            let at = |variable: &str| body.find(variable).unwrap_or_else(|| panic!("{variable}: {body}"));
            let (place, news) = (at("{{1}}"), at("{{2}}"));
            let has_words = |text: &str| text.chars().any(char::is_alphabetic);
            assert!(has_words(&body[..place]), "it begins with words: {body}");
            assert!(place < news && has_words(&body[place + 5..news]), "words between them: {body}");
            assert!(has_words(&body[news + 5..]), "it ends with words: {body}");
            let fixed = body.replace("{{1}}", "").replace("{{2}}", "");
            assert!(fixed.split_whitespace().count() >= 10, "more than its variables: {body}");
            assert!(!fixed.contains(['#', '$', '%', '{', '}', '\n']), "{body}");
            let longest = fixed.chars().count() + PLACE_CHARS_MAX + NEWS_CHARS_MAX;
            assert!(longest <= FILLED_CHARS_MAX, "{longest}: {body}");
        }
    }

    #[test]
    fn no_two_are_the_same_and_each_language_has_each_purpose_of_guests() {
        let all = all();
        let bodies: BTreeSet<_> = all.iter().filter_map(|template| template.body.clone()).collect();
        assert_eq!(bodies.len(), all.iter().filter(|template| template.body.is_some()).count());
        let names: BTreeSet<_> = all.iter().map(|one| (one.name, one.language.clone())).collect();
        assert_eq!(names.len(), all.len());
        let of_guests = TemplatePurpose::VARIANTS.iter().filter(|purpose| !purpose.is_for_owners()).count();
        let of_owners = TemplatePurpose::VARIANTS.len() - of_guests;
        assert_eq!(all.len(), of_guests * Language::all().len() + of_owners);
    }
}
