//! Time-zone names in calendars: IANA names, Outlook's Windows names, and vendors' paths around an IANA name. The
//! database is the one inside the binary, so that reading stays pure.

use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::collections::{BTreeMap, BTreeSet};

/// Different names cached for one feed.
const NAMES_MAX: usize = 64;

/// IANA names have at most three segments.
const SEGMENTS_MAX: usize = 3;
/// The longest IANA name has 32 bytes.
const NAME_BYTES_MAX: usize = 64;

/// Resolves names for one feed and caches hits and misses.
pub(super) struct Zones {
    local: TimeZone,
    database: TimeZoneDatabase,
    known: BTreeMap<String, Option<TimeZone>>,
}

impl Zones {
    /// `local` is the property's zone, the fallback of unknown names.
    pub(super) fn new(local: TimeZone) -> Zones {
        Zones { local, database: TimeZoneDatabase::bundled(), known: BTreeMap::new() }
    }

    pub(super) fn local(&self) -> &TimeZone {
        &self.local
    }

    /// The zone of a `TZID`; the property's own when the name is unknown.
    pub(super) fn get(&mut self, name: &str) -> TimeZone {
        if let Some(found) = self.known.get(name) {
            return found.clone().unwrap_or_else(|| self.local.clone());
        }
        let found = self.look_up(name);
        let zone = found.clone().unwrap_or_else(|| self.local.clone());
        if self.known.len() < NAMES_MAX {
            self.known.insert(name.to_owned(), found);
        }
        zone
    }

    /// The unknown names.
    pub(super) fn unknown(&self) -> BTreeSet<&str> {
        self.known.iter().filter(|(_, zone)| zone.is_none()).map(|(name, _)| name.as_str()).collect()
    }

    /// The zone of this name; `None` when it is unknown.
    pub(super) fn look_up(&self, name: &str) -> Option<TimeZone> {
        let name = name.trim().trim_matches(['"', '\'']);
        let lower = name.to_ascii_lowercase();
        if let Ok(index) = WINDOWS.binary_search_by(|(windows, _)| (*windows).cmp(lower.as_str())) {
            return self.database.get(WINDOWS[index].1).ok();
        }
        // `/freeassociation.sourceforge.net/America/Argentina/Salta`: the tail may be the name.
        let starts: Vec<usize> = name.rmatch_indices('/').map(|(at, _)| at + 1).take(SEGMENTS_MAX).collect();
        std::iter::once(name)
            .chain(starts.into_iter().rev().map(|start| &name[start..]))
            .filter(|tail| !tail.is_empty() && tail.len() <= NAME_BYTES_MAX)
            .find_map(|tail| self.database.get(tail).ok())
    }
}

/// Windows names in lower case with their IANA zone in Unicode's CLDR, sorted for binary search.
const WINDOWS: &[(&str, &str)] = &[
    ("afghanistan standard time", "Asia/Kabul"),
    ("alaskan standard time", "America/Anchorage"),
    ("aleutian standard time", "America/Adak"),
    ("altai standard time", "Asia/Barnaul"),
    ("arab standard time", "Asia/Riyadh"),
    ("arabian standard time", "Asia/Dubai"),
    ("arabic standard time", "Asia/Baghdad"),
    ("argentina standard time", "America/Argentina/Buenos_Aires"),
    ("astrakhan standard time", "Europe/Astrakhan"),
    ("atlantic standard time", "America/Halifax"),
    ("aus central standard time", "Australia/Darwin"),
    ("aus central w. standard time", "Australia/Eucla"),
    ("aus eastern standard time", "Australia/Sydney"),
    ("azerbaijan standard time", "Asia/Baku"),
    ("azores standard time", "Atlantic/Azores"),
    ("bahia standard time", "America/Bahia"),
    ("bangladesh standard time", "Asia/Dhaka"),
    ("belarus standard time", "Europe/Minsk"),
    ("bougainville standard time", "Pacific/Bougainville"),
    ("canada central standard time", "America/Regina"),
    ("cape verde standard time", "Atlantic/Cape_Verde"),
    ("caucasus standard time", "Asia/Yerevan"),
    ("cen. australia standard time", "Australia/Adelaide"),
    ("central america standard time", "America/Guatemala"),
    ("central asia standard time", "Asia/Almaty"),
    ("central brazilian standard time", "America/Cuiaba"),
    ("central europe standard time", "Europe/Budapest"),
    ("central european standard time", "Europe/Warsaw"),
    ("central pacific standard time", "Pacific/Guadalcanal"),
    ("central standard time", "America/Chicago"),
    ("central standard time (mexico)", "America/Mexico_City"),
    ("chatham islands standard time", "Pacific/Chatham"),
    ("china standard time", "Asia/Shanghai"),
    ("cuba standard time", "America/Havana"),
    ("dateline standard time", "Etc/GMT+12"),
    ("e. africa standard time", "Africa/Nairobi"),
    ("e. australia standard time", "Australia/Brisbane"),
    ("e. europe standard time", "Europe/Chisinau"),
    ("e. south america standard time", "America/Sao_Paulo"),
    ("easter island standard time", "Pacific/Easter"),
    ("eastern standard time", "America/New_York"),
    ("eastern standard time (mexico)", "America/Cancun"),
    ("egypt standard time", "Africa/Cairo"),
    ("ekaterinburg standard time", "Asia/Yekaterinburg"),
    ("fiji standard time", "Pacific/Fiji"),
    ("fle standard time", "Europe/Kiev"),
    ("georgian standard time", "Asia/Tbilisi"),
    ("gmt standard time", "Europe/London"),
    ("greenland standard time", "America/Godthab"),
    ("greenwich standard time", "Atlantic/Reykjavik"),
    ("gtb standard time", "Europe/Bucharest"),
    ("haiti standard time", "America/Port-au-Prince"),
    ("hawaiian standard time", "Pacific/Honolulu"),
    ("india standard time", "Asia/Kolkata"),
    ("iran standard time", "Asia/Tehran"),
    ("israel standard time", "Asia/Jerusalem"),
    ("jordan standard time", "Asia/Amman"),
    ("kaliningrad standard time", "Europe/Kaliningrad"),
    ("korea standard time", "Asia/Seoul"),
    ("libya standard time", "Africa/Tripoli"),
    ("line islands standard time", "Pacific/Kiritimati"),
    ("lord howe standard time", "Australia/Lord_Howe"),
    ("magadan standard time", "Asia/Magadan"),
    ("magallanes standard time", "America/Punta_Arenas"),
    ("marquesas standard time", "Pacific/Marquesas"),
    ("mauritius standard time", "Indian/Mauritius"),
    ("middle east standard time", "Asia/Beirut"),
    ("montevideo standard time", "America/Montevideo"),
    ("morocco standard time", "Africa/Casablanca"),
    ("mountain standard time", "America/Denver"),
    ("mountain standard time (mexico)", "America/Mazatlan"),
    ("myanmar standard time", "Asia/Yangon"),
    ("n. central asia standard time", "Asia/Novosibirsk"),
    ("namibia standard time", "Africa/Windhoek"),
    ("nepal standard time", "Asia/Kathmandu"),
    ("new zealand standard time", "Pacific/Auckland"),
    ("newfoundland standard time", "America/St_Johns"),
    ("norfolk standard time", "Pacific/Norfolk"),
    ("north asia east standard time", "Asia/Irkutsk"),
    ("north asia standard time", "Asia/Krasnoyarsk"),
    ("north korea standard time", "Asia/Pyongyang"),
    ("omsk standard time", "Asia/Omsk"),
    ("pacific sa standard time", "America/Santiago"),
    ("pacific standard time", "America/Los_Angeles"),
    ("pacific standard time (mexico)", "America/Tijuana"),
    ("pakistan standard time", "Asia/Karachi"),
    ("paraguay standard time", "America/Asuncion"),
    ("qyzylorda standard time", "Asia/Qyzylorda"),
    ("romance standard time", "Europe/Paris"),
    ("russia time zone 10", "Asia/Srednekolymsk"),
    ("russia time zone 11", "Asia/Kamchatka"),
    ("russia time zone 3", "Europe/Samara"),
    ("russian standard time", "Europe/Moscow"),
    ("sa eastern standard time", "America/Cayenne"),
    ("sa pacific standard time", "America/Bogota"),
    ("sa western standard time", "America/La_Paz"),
    ("saint pierre standard time", "America/Miquelon"),
    ("sakhalin standard time", "Asia/Sakhalin"),
    ("samoa standard time", "Pacific/Apia"),
    ("sao tome standard time", "Africa/Sao_Tome"),
    ("saratov standard time", "Europe/Saratov"),
    ("se asia standard time", "Asia/Bangkok"),
    ("singapore standard time", "Asia/Singapore"),
    ("south africa standard time", "Africa/Johannesburg"),
    ("south sudan standard time", "Africa/Juba"),
    ("sri lanka standard time", "Asia/Colombo"),
    ("sudan standard time", "Africa/Khartoum"),
    ("syria standard time", "Asia/Damascus"),
    ("taipei standard time", "Asia/Taipei"),
    ("tasmania standard time", "Australia/Hobart"),
    ("tocantins standard time", "America/Araguaina"),
    ("tokyo standard time", "Asia/Tokyo"),
    ("tomsk standard time", "Asia/Tomsk"),
    ("tonga standard time", "Pacific/Tongatapu"),
    ("transbaikal standard time", "Asia/Chita"),
    ("turkey standard time", "Europe/Istanbul"),
    ("turks and caicos standard time", "America/Grand_Turk"),
    ("ulaanbaatar standard time", "Asia/Ulaanbaatar"),
    ("us eastern standard time", "America/Indiana/Indianapolis"),
    ("us mountain standard time", "America/Phoenix"),
    ("utc-02", "Etc/GMT+2"),
    ("utc-08", "Etc/GMT+8"),
    ("utc-09", "Etc/GMT+9"),
    ("utc-11", "Etc/GMT+11"),
    ("venezuela standard time", "America/Caracas"),
    ("vladivostok standard time", "Asia/Vladivostok"),
    ("volgograd standard time", "Europe/Volgograd"),
    ("w. australia standard time", "Australia/Perth"),
    ("w. central africa standard time", "Africa/Lagos"),
    ("w. europe standard time", "Europe/Berlin"),
    ("w. mongolia standard time", "Asia/Hovd"),
    ("west asia standard time", "Asia/Tashkent"),
    ("west bank standard time", "Asia/Hebron"),
    ("west pacific standard time", "Pacific/Port_Moresby"),
    ("yakutsk standard time", "Asia/Yakutsk"),
    ("yukon standard time", "America/Whitehorse"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_place_exists() {
        assert!(WINDOWS.is_sorted_by(|a, b| a.0 < b.0));
        let database = TimeZoneDatabase::bundled();
        for (windows, iana) in WINDOWS {
            assert!(database.get(iana).is_ok(), "{windows}: {iana}");
        }
    }

    #[test]
    fn iana_windows_and_vendor_names_are_known_and_others_are_local() {
        let local = TimeZoneDatabase::bundled().get("America/Argentina/Salta").expect("bundled");
        let mut zones = Zones::new(local.clone());
        for (name, expected) in [
            ("Europe/Rome", "Europe/Rome"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("/citadel.org/20210210_1/America/New_York", "America/New_York"),
            ("/example.org/America/Argentina/Cordoba", "America/Argentina/Cordoba"),
            ("Hora de mi pueblo", "America/Argentina/Salta"),
        ] {
            assert_eq!(zones.get(name).iana_name(), Some(expected), "{name}");
        }
        assert_eq!(zones.unknown().into_iter().collect::<Vec<_>>(), ["Hora de mi pueblo"]);
    }
}
