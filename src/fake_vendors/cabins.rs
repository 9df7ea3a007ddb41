//! The invented property of the demo: three cabins in Villa Los Coihues Bajos, a fictional village. Plain
//! data; the demo enters it through the product itself.

#[derive(Debug, Clone, Copy)]
pub struct DemoCabin {
    pub name: &'static str,
    pub capacity: u32,
    /// Price of a plain night, in centavos.
    pub base_price_cents: i64,
    /// Price of a weekend night, in percent of a plain one.
    pub weekend_percent: u32,
    pub min_nights: u32,
    pub description: &'static str,
    pub amenities: &'static [&'static str],
    /// Seasons with other prices.
    pub seasons: &'static [DemoSeason],
    /// Its calendars on the booking sites: name of the feed and site.
    pub feeds: &'static [(&'static str, &'static str)],
}

/// A part of every year with its own price; days as month and day, both included.
#[derive(Debug, Clone, Copy)]
pub struct DemoSeason {
    pub name: &'static str,
    /// First day, month and day.
    pub from: (i8, i8),
    /// Last day, month and day; before `from` when it runs over New Year.
    pub to: (i8, i8),
    /// Price of a night, in centavos.
    pub price_cents: i64,
    /// Fewest nights in this part.
    pub min_nights: u32,
}

/// A question that guests ask and what the owner answers.
#[derive(Debug, Clone, Copy)]
pub struct DemoAnswer {
    /// Topic, as the product understands it.
    pub topic: &'static str,
    pub text: &'static str,
}

/// A stay on a booking site, in days from the day the demo starts.
#[derive(Debug, Clone, Copy)]
pub struct DemoStay {
    pub feed: &'static str,
    /// First night, from today.
    pub in_days: i32,
    pub nights: i32,
    /// The site's code; `None` is a block by the host.
    pub code: Option<&'static str>,
}

/// Name of the property.
pub const PLACE: &str = "Cabañas Puerta del Valle";
pub const ADDRESS: &str = "Camino de los Molles 480, Villa Los Coihues Bajos, Córdoba";
/// Name of the owner among the chats.
pub const OWNER_NAME: &str = "Silvia (la dueña)";
/// The owner's invented phone.
pub const OWNER_PHONE: &str = "5493885550199";
/// The owner's invented bank alias.
pub const BANK_ALIAS: &str = "puerta.valle.demo";

/// The three cabins.
pub const CABINS: [DemoCabin; 3] = [
    DemoCabin {
        name: "El Molle",
        capacity: 2,
        base_price_cents: 6_500_000,
        weekend_percent: 120,
        min_nights: 1,
        description: "Monoambiente de piedra para dos, con galería al arroyo y cama grande. \
                      La más tranquila de las tres: sólo se oye el agua.",
        amenities: &["wifi", "kitchenette", "salamandra", "galería", "ropa blanca", "estacionamiento"],
        seasons: &[HIGH_SUMMER_SMALL, WINTER_SMALL],
        feeds: &[("el-molle-airbnb", "airbnb")],
    },
    DemoCabin {
        name: "La Tacuara",
        capacity: 4,
        base_price_cents: 9_000_000,
        weekend_percent: 120,
        min_nights: 2,
        description: "Dos ambientes para una familia: dormitorio matrimonial, dos camas en altillo, \
                      cocina completa y asador propio bajo los árboles.",
        amenities: &["wifi", "cocina completa", "asador", "ropa blanca", "cuna a pedido", "estacionamiento"],
        seasons: &[HIGH_SUMMER_MIDDLE, WINTER_MIDDLE],
        feeds: &[("la-tacuara-airbnb", "airbnb"), ("la-tacuara-booking", "booking")],
    },
    DemoCabin {
        name: "El Algarrobo",
        capacity: 6,
        base_price_cents: 12_500_000,
        weekend_percent: 125,
        min_nights: 2,
        description: "La grande: tres dormitorios, dos baños, quincho cerrado con parrilla y vista \
                      a las sierras. Para dos familias o un grupo de amigos.",
        amenities: &[
            "wifi",
            "cocina completa",
            "quincho",
            "dos baños",
            "lavarropas",
            "ropa blanca",
            "estacionamiento",
        ],
        seasons: &[HIGH_SUMMER_LARGE, WINTER_LARGE],
        feeds: &[("el-algarrobo-booking", "booking")],
    },
];

/// The owner's answers to common questions.
pub const ANSWERS: [DemoAnswer; 9] = [
    DemoAnswer {
        topic: "pets",
        text: "¡Sí, se aceptan! Hasta dos perros chicos o medianos, sin cargo. Sólo pedimos que no suban a las camas.",
    },
    DemoAnswer {
        topic: "wifi",
        text: "Las tres cabañas tienen wifi por fibra, alcanza para trabajar o ver series.",
    },
    DemoAnswer { topic: "parking", text: "Hay lugar para un auto al lado de cada cabaña, con sombra." },
    DemoAnswer {
        topic: "pool",
        text: "No tenemos pileta, pero el arroyo está a 80 metros y tiene un pozón lindo para nadar.",
    },
    DemoAnswer {
        topic: "breakfast",
        text: "No incluimos desayuno. En la esquina hay una panadería que abre a las 7.",
    },
    DemoAnswer {
        topic: "linen",
        text: "La ropa de cama y las toallas están incluidas. Traé repelente y ojotas.",
    },
    DemoAnswer {
        topic: "grill",
        text: "La Tacuara tiene asador propio y El Algarrobo, quincho con parrilla. La leña se compra en la despensa.",
    },
    DemoAnswer {
        topic: "heating",
        text: "Hay salamandra o calefactor en las tres, y dejamos leña para la primera noche.",
    },
    DemoAnswer {
        topic: "location",
        text: "Estamos en Camino de los Molles 480, a diez cuadras de la plaza. Desde la terminal hay remís.",
    },
];

/// Stays sold on the booking sites when the demo starts.
pub const STAYS: [DemoStay; 7] = [
    DemoStay { feed: "el-molle-airbnb", in_days: 5, nights: 3, code: Some("HMDEMO2A4C") },
    DemoStay { feed: "el-molle-airbnb", in_days: 19, nights: 2, code: Some("HMDEMO7K9P") },
    DemoStay { feed: "la-tacuara-airbnb", in_days: 2, nights: 4, code: Some("HMDEMO3X5Z") },
    DemoStay { feed: "la-tacuara-airbnb", in_days: 40, nights: 2, code: None },
    DemoStay { feed: "la-tacuara-booking", in_days: 12, nights: 3, code: Some("b-1") },
    DemoStay { feed: "la-tacuara-booking", in_days: 15, nights: 2, code: Some("b-2") },
    DemoStay { feed: "el-algarrobo-booking", in_days: 8, nights: 7, code: Some("b-3") },
];

const HIGH_SUMMER_SMALL: DemoSeason = high_summer(9_500_000);
const HIGH_SUMMER_MIDDLE: DemoSeason = high_summer(13_500_000);
const HIGH_SUMMER_LARGE: DemoSeason = high_summer(18_500_000);
const WINTER_SMALL: DemoSeason = winter_holidays(8_500_000);
const WINTER_MIDDLE: DemoSeason = winter_holidays(12_000_000);
const WINTER_LARGE: DemoSeason = winter_holidays(16_500_000);

const fn high_summer(price_cents: i64) -> DemoSeason {
    DemoSeason { name: "Verano", from: (12, 20), to: (2, 28), price_cents, min_nights: 3 }
}

const fn winter_holidays(price_cents: i64) -> DemoSeason {
    DemoSeason { name: "Vacaciones de invierno", from: (7, 6), to: (7, 31), price_cents, min_nights: 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stay_belongs_to_a_calendar_of_a_cabin() {
        for stay in STAYS {
            let mut feeds = CABINS.iter().flat_map(|cabin| cabin.feeds);
            assert!(feeds.any(|(name, _)| *name == stay.feed), "{}", stay.feed);
        }
    }
}
