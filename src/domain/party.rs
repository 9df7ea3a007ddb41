//! The party: adults, children with their ages, animals. One value travels from the first message to the
//! reservation, the pages, the API, the calendar and the reports.

use super::refusal::Refusal;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::iter::Sum;

/// Most children with ages: as many as the largest cabin sleeps.
pub const CHILDREN_MAX: usize = 60;
/// Years; older is an adult.
pub const CHILD_AGE_MAX: u8 = 17;
/// More animals than this are a typing error.
pub const PETS_MAX: u16 = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Party {
    adults: u16,
    /// The number of children of each age.
    of_age: [u8; CHILD_AGE_MAX as usize + 1],
    pets: u16,
}

/// Why a party is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartyRefused {
    #[error("is neither given nor follows from guests")]
    AdultsMissing,
    /// The older and the newer form were given and disagree.
    #[error("must be the adults and the children together, or be left out")]
    Disagree,
    #[error("holds at most {CHILDREN_MAX} ages")]
    TooManyChildren,
    #[error("holds ages of 0 to {CHILD_AGE_MAX}")]
    NoChild,
    #[error("must be at most {PETS_MAX}")]
    TooManyPets,
}

impl PartyRefused {
    /// The invalid field of the request.
    pub fn field(self) -> &'static str {
        match self {
            PartyRefused::AdultsMissing => "adults",
            PartyRefused::Disagree => "guests",
            PartyRefused::TooManyChildren | PartyRefused::NoChild => "children",
            PartyRefused::TooManyPets => "pets",
        }
    }
}

/// Parses ages: "3, 9", "3 y 9", "3 9". `None` when anything else stands there: "8 meses" is no age in years.
pub fn ages(text: &str) -> Option<Vec<u8>> {
    let words = text.split([',', ';', '/', ' ']).filter(|word| !matches!(*word, "" | "y" | "e" | "and"));
    words.map(|word| word.parse().ok()).collect()
}

/// How many a cabin takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Beds.
    pub capacity: u16,
    /// So many babies need none.
    pub babies_max: u16,
    /// Younger children are babies; in years.
    pub baby_age_under: u8,
    /// `None` sets no limit.
    pub pets_max: Option<u16>,
}

/// A party as given: in the older form (`guests`, all of them), in the newer one, or in both.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub guests: Option<u16>,
    pub adults: Option<u16>,
    pub children: Vec<u8>,
    pub pets: u16,
}

impl Told {
    /// The number of people, when nothing else was given.
    pub fn only_counted(&self) -> Option<u16> {
        let more = self.adults.is_some() || !self.children.is_empty() || self.pets > 0;
        self.guests.filter(|_| !more)
    }

    /// The party; `None` when nothing was given.
    pub fn party(self) -> Result<Option<Party>, PartyRefused> {
        let young = u16::try_from(self.children.len()).map_err(|_| PartyRefused::TooManyChildren)?;
        let adults = match (self.adults, self.guests) {
            (Some(adults), Some(guests)) if adults.checked_add(young) != Some(guests) => {
                return Err(PartyRefused::Disagree);
            }
            (Some(adults), _) => adults,
            (None, Some(guests)) => guests.checked_sub(young).ok_or(PartyRefused::Disagree)?,
            (None, None) if young == 0 && self.pets == 0 => return Ok(None),
            (None, None) => return Err(PartyRefused::AdultsMissing),
        };
        Party::new(adults, &self.children, self.pets).map(Some)
    }
}

impl Party {
    /// Refuses ages beyond [`CHILD_AGE_MAX`], more children than [`CHILDREN_MAX`] and more animals than [`PETS_MAX`].
    pub fn new(adults: u16, ages: &[u8], pets: u16) -> Result<Party, PartyRefused> {
        if ages.len() > CHILDREN_MAX {
            return Err(PartyRefused::TooManyChildren);
        }
        if ages.iter().any(|age| *age > CHILD_AGE_MAX) {
            return Err(PartyRefused::NoChild);
        }
        if pets > PETS_MAX {
            return Err(PartyRefused::TooManyPets);
        }
        Ok(Party { adults, of_age: counted(ages.iter().copied()), pets })
    }

    /// A party of adults alone.
    pub fn of_adults(adults: u16) -> Party {
        Party { adults, of_age: counted([]), pets: 0 }
    }

    /// Adults, with everyone not known to be a child.
    pub fn adults(&self) -> u16 {
        self.adults
    }

    /// Ages in years, the youngest first.
    pub fn children(&self) -> Vec<u8> {
        let of_each = (0..).zip(self.of_age);
        of_each.flat_map(|(age, count)| std::iter::repeat_n(age, usize::from(count))).collect()
    }

    pub fn pets(&self) -> u16 {
        self.pets
    }

    /// Adults and children of any age: the number of beds needed.
    pub fn people(&self) -> u16 {
        self.adults.saturating_add(self.young())
    }

    /// Checks that there is room. Animals take no bed.
    pub fn fits(&self, room: Room) -> Result<(), Refusal> {
        let babies = self.younger_than(room.baby_age_under).min(room.babies_max);
        let beds = self.people() - babies;
        match room.pets_max {
            _ if self.people() == 0 => Err(Refusal::NoGuests),
            _ if beds > room.capacity => Err(Refusal::OverCapacity { capacity: room.capacity }),
            Some(max) if self.pets > max => Err(Refusal::TooManyPets { max }),
            Some(_) | None => Ok(()),
        }
    }

    /// The number of children younger than `age`.
    pub fn younger_than(&self, age: u8) -> u16 {
        self.of_age.iter().take(usize::from(age)).copied().map(u16::from).sum()
    }

    /// The same party if it has that many people; else that many adults, with the same animals.
    pub fn counting(self, people: u16) -> Party {
        if self.people() == people { self } else { Party { pets: self.pets, ..Party::of_adults(people) } }
    }

    /// The same people with that many animals, [`PETS_MAX`] at most.
    pub fn with_pets(self, pets: u16) -> Party {
        Party { pets: pets.min(PETS_MAX), ..self }
    }

    /// Splits the party over two cabins: `first` people, and the rest. The children stay together in the first as
    /// far as they can, no cabin is without an adult while there are two, and the animals go with the first.
    pub fn split(self, first: u16) -> (Party, Party) {
        let first = first.min(self.people());
        let with_adult = first.saturating_sub(u16::from(self.adults > 0));
        let at = self.young().min(with_adult).max(first.saturating_sub(self.adults));
        let children = self.children();
        let (near, far) = children.split_at(usize::from(at));
        let adults = first - at;
        let kept = Party { adults, of_age: counted(near.iter().copied()), pets: self.pets };
        let rest = Party { adults: self.adults - adults, of_age: counted(far.iter().copied()), pets: 0 };
        (kept, rest)
    }

    fn young(&self) -> u16 {
        self.younger_than(CHILD_AGE_MAX + 1)
    }
}

impl Sum for Party {
    /// The union of parties. Children beyond [`CHILDREN_MAX`] are counted as adults.
    fn sum<I: Iterator<Item = Party>>(parties: I) -> Party {
        parties.fold(Party::of_adults(0), |sum, party| {
            let ages = [sum.children(), party.children()].concat();
            let (kept, beyond) = ages.split_at(ages.len().min(CHILDREN_MAX));
            let adults = sum.adults.saturating_add(party.adults);
            Party {
                adults: adults.saturating_add(u16::try_from(beyond.len()).unwrap_or(u16::MAX)),
                of_age: counted(kept.iter().copied()),
                pets: sum.pets.saturating_add(party.pets).min(PETS_MAX),
            }
        })
    }
}

/// The number of each age; ages beyond [`CHILD_AGE_MAX`] are ignored.
fn counted(ages: impl IntoIterator<Item = u8>) -> [u8; CHILD_AGE_MAX as usize + 1] {
    let mut of_age = [0; CHILD_AGE_MAX as usize + 1];
    for age in ages {
        if let Some(count) = of_age.get_mut(usize::from(age)) {
            *count += 1;
        }
    }
    of_age
}

impl Serialize for Party {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = serializer.serialize_struct("Party", 3)?;
        written.serialize_field("adults", &self.adults)?;
        written.serialize_field("children", &self.children())?;
        written.serialize_field("pets", &self.pets)?;
        written.end()
    }
}

/// A stored party: whole, or a bare number of people as older versions wrote it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Number(u16),
    Whole {
        adults: u16,
        #[serde(default)]
        children: Vec<u8>,
        #[serde(default)]
        pets: u16,
    },
}

impl<'de> Deserialize<'de> for Party {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Party, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Number(people) => Ok(Party::of_adults(people)),
            Written::Whole { adults, children, pets } => {
                Party::new(adults, &children, pets).map_err(D::Error::custom)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cabin::CAPACITY_MAX;
    use proptest::prelude::*;

    fn parties() -> impl Strategy<Value = Party> {
        let ages = prop::collection::vec(0..=CHILD_AGE_MAX, 0..=CHILDREN_MAX);
        (0..=CAPACITY_MAX, ages, 0..=PETS_MAX).prop_map(|(a, ages, pets)| Party::new(a, &ages, pets).unwrap())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(party in parties()) {
            let text = serde_json::to_string(&party).unwrap();
            prop_assert_eq!(serde_json::from_str::<Party>(&text).unwrap(), party);
        }

        #[test]
        fn it_fits_where_each_finds_a_bed_or_a_cot_and_the_animals_are_taken(
            party in parties(), capacity in 1..100u16, babies_max in 0..4u16, baby_age_under in 0..4u8,
            pets_max in prop::option::of(0..4u16),
        ) {
            let room = Room { capacity, babies_max, baby_age_under, pets_max };
            let babies = party.children().iter().filter(|age| **age < baby_age_under).count();
            let people = usize::from(party.adults()) + party.children().len();
            let beds = people - babies.min(usize::from(babies_max));
            let fits = people > 0 && beds <= usize::from(capacity) && pets_max.is_none_or(|max| party.pets() <= max);
            prop_assert_eq!(party.fits(room).is_ok(), fits);
        }

        #[test]
        fn both_parts_of_a_split_are_the_whole(party in parties(), first in 0..150u16) {
            let (near, far) = party.split(first);
            prop_assert_eq!(near.people(), first.min(party.people()));
            prop_assert_eq!([near, far].into_iter().sum::<Party>(), party);
            let both_have_people = near.people() > 0 && far.people() > 0;
            if party.adults >= 2 && both_have_people {
                prop_assert!(near.adults > 0 && far.adults > 0, "{:?} {:?}", near, far);
            }
        }

        #[test]
        fn the_older_and_the_newer_form_tell_the_same_party(party in parties()) {
            let children = party.children();
            let whole = Told { adults: Some(party.adults()), children, pets: party.pets(), guests: None };
            let both = Told { guests: Some(party.people()), ..whole.clone() };
            let counted = Told { adults: None, ..both.clone() };
            let wrong = Told { guests: Some(party.people() + 1), ..whole.clone() };
            for told in [whole, both, counted] {
                prop_assert_eq!(told.party(), Ok(Some(party)));
            }
            prop_assert_eq!(wrong.party(), Err(PartyRefused::Disagree));
        }

        #[test]
        fn counting_keeps_the_children_of_the_same_number_of_people(party in parties(), people in 0..150u16) {
            let counted = party.counting(people);
            prop_assert_eq!((counted.people(), counted.pets), (people, party.pets));
            prop_assert_eq!(party.counting(party.people()), party);
        }
    }

    #[test]
    fn a_bare_number_is_that_many_adults() {
        assert_eq!(serde_json::from_str::<Party>("4").unwrap(), Party::of_adults(4));
        assert_eq!(serde_json::from_str::<Party>(r#"{"adults":2}"#).unwrap(), Party::of_adults(2));
        let told = Told { guests: Some(4), ..Told::default() };
        assert_eq!((told.party(), Told::default().party()), (Ok(Some(Party::of_adults(4))), Ok(None)));
    }

    #[test]
    fn ages_are_read_as_people_write_them() {
        for text in ["3,9", "3, 9", "3 y 9", " 3 e 9 ", "3/9"] {
            assert_eq!(ages(text), Some(vec![3, 9]), "{text}");
        }
        assert_eq!(ages(""), Some(Vec::new()));
        for text in ["8 meses", "3.5", "-1", "300", "dos"] {
            assert_eq!(ages(text), None, "{text}");
        }
    }

    #[test]
    fn what_can_not_be_is_refused_by_its_field() {
        let refused = |told: Told| told.party().unwrap_err();
        let two = Told { adults: Some(2), ..Told::default() };
        let cases = [
            (Told { pets: 1, ..Told::default() }, PartyRefused::AdultsMissing, "adults"),
            (
                Told { guests: Some(1), children: vec![3, 9], ..Told::default() },
                PartyRefused::Disagree,
                "guests",
            ),
            (Told { children: vec![18], ..two.clone() }, PartyRefused::NoChild, "children"),
            (Told { children: vec![3; 61], ..two.clone() }, PartyRefused::TooManyChildren, "children"),
            (Told { pets: 21, ..two }, PartyRefused::TooManyPets, "pets"),
        ];
        for (told, why, field) in cases {
            assert_eq!((refused(told), why.field()), (why, field));
        }
        assert!(serde_json::from_str::<Party>(r#"{"adults":2,"children":[44]}"#).is_err());
        assert_eq!(usize::from(CAPACITY_MAX), CHILDREN_MAX);
    }
}
