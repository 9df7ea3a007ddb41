//! How the people of a country type their numbers. One table of rules in place of libphonenumber: its port to Rust
//! (`phonenumber`) keeps 11 MiB in memory from the first number on, which is half of what casero needs, and knows
//! nothing of WhatsApp's forms (the Argentine 9).

use strum::VariantArray;

/// A country whose numbers are read as people there type them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum Country {
    Argentina,
    Brazil,
    Chile,
    Uruguay,
    Paraguay,
    Mexico,
}

/// Why what was typed is no number to write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneRefused {
    #[error("is not a phone number")]
    NotANumber,
    #[error("lacks its area code")]
    AreaCodeMissing,
    #[error("needs its country code, with a + before it")]
    CountryCodeMissing,
}

/// Areas of Argentina with three digits; those of four begin with 2 or 3 too, and Buenos Aires is 11.
const ARGENTINE_AREAS: [&str; 38] = [
    "220", "221", "223", "230", "236", "237", "249", "260", "261", "263", "264", "266", "280", "291", "294",
    "297", "298", "299", "336", "341", "342", "343", "345", "348", "351", "353", "358", "362", "364", "370",
    "376", "379", "380", "381", "383", "385", "387", "388",
];
/// Areas of Mexico with two digits.
const MEXICAN_AREAS: [&str; 4] = ["33", "55", "56", "81"];
/// What a call to a mobile phone had to begin with in Mexico, and people still write.
const MEXICAN_PREFIXES: [&str; 3] = ["044", "045", "01"];

/// Zones of the countries with several; the name of a city after `America/`.
const ZONES: [(Country, &[&str]); 6] = [
    (
        Country::Argentina,
        &["Argentina", "Buenos_Aires", "Catamarca", "Cordoba", "Jujuy", "Mendoza", "Rosario"],
    ),
    (
        Country::Brazil,
        &[
            "Araguaina",
            "Bahia",
            "Belem",
            "Boa_Vista",
            "Campo_Grande",
            "Cuiaba",
            "Eirunepe",
            "Fortaleza",
            "Maceio",
            "Manaus",
            "Noronha",
            "Porto_Acre",
            "Porto_Velho",
            "Recife",
            "Rio_Branco",
            "Santarem",
            "Sao_Paulo",
        ],
    ),
    (Country::Chile, &["Coyhaique", "Punta_Arenas", "Santiago"]),
    (Country::Uruguay, &["Montevideo"]),
    (Country::Paraguay, &["Asuncion"]),
    (
        Country::Mexico,
        &[
            "Bahia_Banderas",
            "Cancun",
            "Chihuahua",
            "Ciudad_Juarez",
            "Ensenada",
            "Hermosillo",
            "Matamoros",
            "Mazatlan",
            "Merida",
            "Mexico_City",
            "Monterrey",
            "Ojinaga",
            "Santa_Isabel",
            "Tijuana",
        ],
    ),
];

impl Country {
    /// The country of a time zone; `None` for one whose numbers we can't read without their country code. The zone
    /// says where the house is; the currency does not, since many list prices in dollars.
    pub fn of_zone(zone: &str) -> Option<Country> {
        let city = zone.strip_prefix("America/")?;
        let place = city.split('/').next()?;
        ZONES.into_iter().find(|(_, places)| places.contains(&place)).map(|(country, _)| country)
    }

    pub(super) fn code(self) -> &'static str {
        match self {
            Country::Argentina => "54",
            Country::Brazil => "55",
            Country::Chile => "56",
            Country::Uruguay => "598",
            Country::Paraguay => "595",
            Country::Mexico => "52",
        }
    }

    /// The country whose code begins these digits, with the rest.
    pub(super) fn of_digits(digits: &str) -> Option<(Country, &str)> {
        Country::VARIANTS
            .iter()
            .find_map(|country| digits.strip_prefix(country.code()).map(|rest| (*country, rest)))
    }

    /// A mobile phone's number without its country code, read from the digits that somebody typed.
    pub(super) fn national(self, typed: &str) -> Result<String, PhoneRefused> {
        let line = typed.trim_start_matches('0');
        match self {
            Country::Argentina => argentine(line),
            Country::Brazil => brazilian(line, line.len() < typed.len()),
            Country::Chile => of_lengths(line, 9, |line| !line.starts_with('1')),
            Country::Uruguay => of_lengths(line, 8, |line| line.starts_with(['2', '4', '9'])),
            Country::Paraguay => paraguayan(line),
            Country::Mexico => mexican(typed),
        }
    }

    /// The number of digits of an area code, to show a number in groups.
    fn area_digits(self, line: &str) -> usize {
        let starts_with = |areas: &[&str]| areas.iter().any(|area| line.starts_with(area));
        match self {
            Country::Argentina if line.starts_with("11") => 2,
            Country::Argentina if starts_with(&ARGENTINE_AREAS) => 3,
            Country::Argentina => 4,
            Country::Mexico if !starts_with(&MEXICAN_AREAS) => 3,
            Country::Brazil | Country::Mexico | Country::Uruguay => 2,
            Country::Paraguay => 3,
            Country::Chile => 1,
        }
    }

    /// A line in the groups in which people read it.
    pub(super) fn grouped(self, line: &str) -> String {
        let (mobile, line) = match (self, line.strip_prefix('9')) {
            (Country::Argentina, Some(line)) => ("9 ", line),
            _ => ("", line),
        };
        let (area, rest) = line.split_at(self.area_digits(line).min(line.len()));
        let (first, last) = rest.split_at(rest.len().saturating_sub(4));
        [mobile, area, " ", first, if first.is_empty() { "" } else { " " }, last].concat()
    }
}

/// Ten digits, or with what people add: a 9 before them, or 15 after the area.
fn argentine(line: &str) -> Result<String, PhoneRefused> {
    let line = line.strip_prefix('9').filter(|rest| rest.len() == 10 || rest.len() == 12).unwrap_or(line);
    // The areas are 11, and three or four digits from 2 or 3 on, so that only one place fits.
    let without_15 = [2, 3, 4].into_iter().find_map(|at| {
        let (area, rest) = line.split_at_checked(at)?;
        let is_area = if at == 2 { area == "11" } else { area.starts_with(['2', '3']) };
        rest.strip_prefix("15").filter(|_| is_area).map(|rest| format!("{area}{rest}"))
    });
    match line.len() {
        6..=9 => Err(PhoneRefused::AreaCodeMissing),
        10 if line.starts_with("11") || line.starts_with(['2', '3']) => Ok(format!("9{line}")),
        12 => without_15.map(|line| format!("9{line}")).ok_or(PhoneRefused::NotANumber),
        _ => Err(PhoneRefused::NotANumber),
    }
}

/// An area of two digits and nine of the line. After a 0 the carrier may stand before the area; mobile phones of
/// eight digits got a 9 by 2016.
fn brazilian(line: &str, after_zero: bool) -> Result<String, PhoneRefused> {
    let line = if after_zero && matches!(line.len(), 12 | 13) { &line[2..] } else { line };
    let is_area = |line: &str| !line.starts_with('0') && line.as_bytes().get(1) != Some(&b'0');
    match line.len() {
        8 | 9 => Err(PhoneRefused::AreaCodeMissing),
        10 if is_area(line) => Ok(with_nine(line).unwrap_or_else(|| line.to_owned())),
        11 if is_area(line) && line.as_bytes()[2] == b'9' => Ok(line.to_owned()),
        _ => Err(PhoneRefused::NotANumber),
    }
}

/// A Brazilian mobile line of eight digits with its ninth; `None` for a landline.
pub(super) fn with_nine(line: &str) -> Option<String> {
    let (area, rest) = line.split_at_checked(2)?;
    (rest.len() == 8 && rest.starts_with(['6', '7', '8', '9'])).then(|| format!("{area}9{rest}"))
}

fn paraguayan(line: &str) -> Result<String, PhoneRefused> {
    match line.len() {
        9 if line.starts_with('9') => Ok(line.to_owned()),
        8 | 9 if line.starts_with(['2', '3', '4', '5', '6', '7', '8']) => Ok(line.to_owned()),
        6 | 7 => Err(PhoneRefused::AreaCodeMissing),
        _ => Err(PhoneRefused::NotANumber),
    }
}

fn mexican(typed: &str) -> Result<String, PhoneRefused> {
    let prefix = MEXICAN_PREFIXES.iter().find_map(|prefix| typed.strip_prefix(prefix));
    let line = prefix.unwrap_or(typed);
    let line = line.strip_prefix('1').filter(|line| line.len() == 10).unwrap_or(line);
    of_lengths(line, 10, |line| !line.starts_with(['0', '1']))
}

/// A line of so many digits; one or two fewer may lack the area.
fn of_lengths(line: &str, digits: usize, fits: impl Fn(&str) -> bool) -> Result<String, PhoneRefused> {
    match line.len() {
        length if length == digits && fits(line) => Ok(line.to_owned()),
        length if (6..digits).contains(&length) => Err(PhoneRefused::AreaCodeMissing),
        _ => Err(PhoneRefused::NotANumber),
    }
}
