//! Channels: the origin of a reservation and the site of a feed. The set is open: an owner may name a new site.

use super::capitalised::capitalised;
use super::code::Coded;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The channels that have a name and a look of their own on the owner's page.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "lowercase")]
pub enum KnownChannel {
    WhatsApp,
    /// The guests' own page.
    Web,
    Direct,
    /// The API, when the request named no channel.
    Api,
    Phone,
    Airbnb,
    Booking,
    Vrbo,
    /// "Another channel", chosen without a name.
    Other,
}

/// A channel; another's name is kept as it was typed.
pub type Channel = Coded<KnownChannel>;

impl Channel {
    /// Parses a channel's name as typed: known ones in any spelling ("Booking.com"), others as typed, of at most
    /// `chars_max` characters.
    pub fn named(typed: &str, chars_max: usize) -> Channel {
        let name: String = typed.trim().chars().take(chars_max).collect();
        let known = |channel: &&KnownChannel| {
            let lower = name.to_lowercase();
            let site = lower.strip_suffix(".com").unwrap_or(&lower);
            [channel.code(), &channel.label().to_lowercase()].contains(&site)
        };
        KnownChannel::VARIANTS
            .iter()
            .find(known)
            .map_or(Coded::Other(name.clone()), |known| Coded::Known(*known))
    }

    pub fn label(&self) -> String {
        match self {
            Coded::Known(channel) => channel.label().to_owned(),
            Coded::Other(name) => capitalised(name),
        }
    }

    /// Its CSS class on the owner's page.
    pub fn look(&self) -> &'static str {
        match self {
            Coded::Known(KnownChannel::WhatsApp) => "whatsapp",
            Coded::Known(KnownChannel::Direct | KnownChannel::Api | KnownChannel::Phone) => "direct",
            Coded::Known(KnownChannel::Web) => "web",
            Coded::Known(KnownChannel::Airbnb) => "airbnb",
            Coded::Known(KnownChannel::Booking) => "booking",
            Coded::Known(KnownChannel::Vrbo | KnownChannel::Other) | Coded::Other(_) => "x",
        }
    }

    /// Whether guests book without a person's help, so that the limit of unpaid holds applies.
    pub fn is_self_service(&self) -> bool {
        *self == KnownChannel::WhatsApp || *self == KnownChannel::Web
    }

    /// Whether both name the same site, in any spelling.
    pub fn is_same_as(&self, other: &Channel) -> bool {
        self.code().to_lowercase() == other.code().to_lowercase()
    }
}

impl KnownChannel {
    pub fn code(self) -> &'static str {
        self.into()
    }

    pub fn label(self) -> &'static str {
        match self {
            KnownChannel::WhatsApp => "WhatsApp",
            KnownChannel::Web => "Página web",
            KnownChannel::Direct => "Directa",
            KnownChannel::Api => "Otro sistema",
            KnownChannel::Phone => "Teléfono",
            KnownChannel::Airbnb => "Airbnb",
            KnownChannel::Booking => "Booking",
            KnownChannel::Vrbo => "Vrbo",
            KnownChannel::Other => "Otro canal",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_known_channel_has_a_code_and_a_label_of_its_own() {
        crate::domain::code::check_codes::<KnownChannel>();
        let labels: BTreeSet<&str> = KnownChannel::VARIANTS.iter().map(|channel| channel.label()).collect();
        assert_eq!(labels.len(), KnownChannel::VARIANTS.len());
    }

    #[test]
    fn a_known_site_is_known_in_any_spelling_and_another_keeps_its_name() {
        for (typed, code, label) in [
            (" Airbnb ", "airbnb", "Airbnb"),
            ("Booking.com", "booking", "Booking"),
            ("VRBO", "vrbo", "Vrbo"),
            ("otro canal", "other", "Otro canal"),
            ("Hostería del Río", "Hostería del Río", "Hostería del Río"),
            ("hosteria", "hosteria", "Hosteria"),
        ] {
            let channel = Channel::named(typed, 40);
            assert_eq!((channel.code(), channel.label().as_str()), (code, label));
        }
        assert_eq!(Channel::named("Hostería", 4).code(), "Host");
    }
}
