//! Answers about the place and its rules.

use super::part::{Part, Picture, lines};
use crate::dialogue::i18n::{Locale, Minutes, People};
use crate::dialogue::say::{CabinPhotos, FaqSay, PriceList};

pub(super) fn faq(say: &FaqSay, l: Locale) -> Part {
    Part::text(match say {
        FaqSay::Answer { text } => text.clone(),
        FaqSay::CheckInTime { from } => l.check_in_from(*from),
        FaqSay::CheckOutTime { until } => l.check_out_until(*until),
        FaqSay::Capacity { cabins } => {
            lines(cabins.iter().map(|(name, people)| format!("{name}: {}", l.up_to(People(*people)))))
        }
        FaqSay::Deposit { percent, hold_minutes } => l.deposit_rule(*percent, Minutes(*hold_minutes)),
        FaqSay::CancellationPolicy { policy } => {
            l.cancellation_rule(policy.free_until_days, policy.refund_percent, policy.late_refund_percent)
        }
        FaqSay::Amenities { cabins } => {
            lines(cabins.iter().map(|(name, things)| format!("{name}: {}", l.list(things))))
        }
        FaqSay::Photos { cabins } => return photos(cabins, l),
        FaqSay::Location { places } => format!("{}\n{}", l.we_are_here(), places.join("\n")),
        FaqSay::Pets { welcome: false, .. } => l.no_pets(),
        FaqSay::Pets { welcome: true, rules } => with_prices(Some(l.pets_welcome()), rules, l),
        FaqSay::PriceScope { included: None, rules } => with_prices(Some(l.price_per_cabin()), rules, l),
        FaqSay::PriceScope { included: Some(people), rules } => {
            with_prices(Some(l.price_per_cabin_up_to(People(*people))), rules, l)
        }
        FaqSay::Prices { rules } => with_prices(None, rules, l),
        FaqSay::Instalments => l.instalments_online(),
        FaqSay::PricesIn { currency } => l.prices_in(&l.currency_name(*currency)),
        FaqSay::AskedOwner { .. } => l.asked_owner(),
    })
}

fn photos(cabins: &[CabinPhotos], l: Locale) -> Part {
    let names: Vec<String> =
        cabins.iter().filter(|of| !of.pictures.is_empty()).map(|of| of.cabin.clone()).collect();
    let head = (!names.is_empty()).then(|| l.photos_of(&l.list(&names)));
    let rest = cabins.iter().filter(|of| !of.rest.is_empty()).map(|of| {
        let more = if of.pictures.is_empty() { l.photos_at(&of.cabin) } else { l.more_photos_at(&of.cabin) };
        format!("{more}\n{}", of.rest.join("\n"))
    });
    let pictures = cabins.iter().flat_map(|of| {
        of.pictures.iter().map(|token| Picture { token: token.clone(), caption: of.cabin.clone() })
    });
    Part { body: lines(head.into_iter().chain(rest)), pictures: pictures.collect(), ..Part::default() }
}

fn with_prices(said: Option<String>, list: &PriceList, l: Locale) -> String {
    lines(said.into_iter().chain(list.rules.iter().map(|rule| l.rule_priced(rule, list.currency))))
}
