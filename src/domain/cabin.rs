//! Cabins and their seasons with prices.

use super::deposit::{DepositRule, GapPrice};
use super::ids::{CabinId, SeasonId};
use super::money::{Money, Multiplier};
use super::week::Weekdays;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// More people than any cabin sleeps.
pub const CAPACITY_MAX: u16 = 60;
/// A name that fits a list row.
pub const CABIN_NAME_MAX: usize = 80;
/// Prefix of the paths of photographs that are stored here.
pub const PHOTO_FOLDER: &str = "/photos/";
/// The ending of the path of the large version.
const LARGE: &str = "/large.jpg";

/// The path of a photograph that is stored here.
pub fn photo_address(token: &str) -> String {
    format!("{PHOTO_FOLDER}{token}{LARGE}")
}

/// The token of a photograph that is stored here; `None` for an address elsewhere.
pub fn photo_token(address: &str) -> Option<&str> {
    address.strip_prefix(PHOTO_FOLDER)?.strip_suffix(LARGE)
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cabin {
    pub id: CabinId,
    pub name: String,
    pub capacity: u16,
    /// Price of a plain night.
    pub base_price: Money,
    /// Factor on weekend nights.
    pub weekend_multiplier: Multiplier,
    /// Fewest nights; `None` uses the property's.
    pub min_nights: Option<u16>,
    /// So many babies sleep in cots and are not counted in its capacity.
    pub babies_max: u16,
    /// `None` sets no limit.
    pub pets_max: Option<u16>,
    pub description: String,
    /// Its amenities, in the owner's words.
    pub amenities: Vec<String>,
    pub photos: Vec<String>,
    /// Where it is, in words or as a map link.
    pub location: String,
    pub policies: String,
    pub active: bool,
}

impl Cabin {
    /// An offered cabin with defaults: the same price on all nights, the property's fewest nights. It has no row
    /// yet.
    pub fn new(name: impl Into<String>, capacity: u16, base_price: Money) -> Cabin {
        Cabin {
            id: CabinId(0),
            name: name.into(),
            capacity,
            base_price,
            weekend_multiplier: Multiplier::ONE,
            min_nights: None,
            babies_max: 0,
            pets_max: None,
            description: String::new(),
            amenities: Vec::new(),
            photos: Vec::new(),
            location: String::new(),
            policies: String::new(),
            active: true,
        }
    }
}

/// A range of nights with its own price and rules. Of two that cover a night the shorter one applies, so that a
/// long weekend can be laid over a summer; of two equally long ones the newer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Season {
    pub id: SeasonId,
    pub cabin_id: CabinId,
    pub name: String,
    pub from: Date,
    /// The day after the last night.
    pub to: Date,
    /// Price of a plain night.
    pub price: Money,
    /// Factor on weekend nights; `None` uses the cabin's.
    pub weekend_multiplier: Option<Multiplier>,
    /// Fewest nights for a stay that begins in it.
    pub min_nights: Option<u16>,
    /// Days on which a stay may begin; empty means any.
    pub arrival_days: Weekdays,
    /// Days on which a stay that begins in it may end; empty means any.
    #[serde(default)]
    pub departure_days: Weekdays,
    /// What a stay that begins in it pays in advance; `None` uses the property's percentage.
    pub deposit: Option<DepositRule>,
    /// Whether a stay that begins in it may fill a hole shorter than the fewest nights, and at what price.
    pub gap: Option<GapPrice>,
}

impl Season {
    /// A span with its own price and no rules; it has no row yet.
    pub fn new(cabin_id: CabinId, name: impl Into<String>, from: Date, to: Date, price: Money) -> Season {
        Season {
            id: SeasonId(0),
            cabin_id,
            name: name.into(),
            from,
            to,
            price,
            weekend_multiplier: None,
            min_nights: None,
            arrival_days: Weekdays::NONE,
            departure_days: Weekdays::NONE,
            deposit: None,
            gap: None,
        }
    }

    /// Whether this night belongs to the season.
    pub fn covers(&self, night: Date) -> bool {
        self.from <= night && night < self.to
    }

    /// The season that applies on a night.
    pub fn of_night(seasons: &[Season], night: Date) -> Option<&Season> {
        seasons
            .iter()
            .filter(|season| season.covers(night))
            .min_by_key(|season| ((season.to - season.from).get_days(), std::cmp::Reverse(season.id)))
    }
}
