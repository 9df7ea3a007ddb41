//! Choosing among the offered by a quality: "la más barata", "la más grande", "cualquiera".

use super::super::state::Choice;
use super::super::work::Work;
use crate::understanding::{Remark, says};

/// The offered cabin that a wish is for.
pub(super) struct Preferred {
    pub choice: Choice,
    /// The guest leaves it to us.
    pub recommended: bool,
}

/// The cabin that fits the wish, of several that were offered for the same stay; of equals the first.
pub(super) fn preferred(work: &Work, text: &str) -> Option<Preferred> {
    let options = &work.state.offered.as_ref()?.options;
    let stay = options.first()?.stay;
    if options.len() < 2 || options.iter().any(|choice| choice.stay != stay) {
        return None;
    }
    let price = |choice: &&Choice| choice.room.total.minor;
    let sleeps = |choice: &&Choice| {
        let cabin = work.context.cabins.iter().find(|cabin| cabin.id == choice.room.cabin_id);
        cabin.map_or(0, |cabin| cabin.capacity)
    };
    let recommended = says(text, Remark::AnyOne);
    let choice = if says(text, Remark::Largest) {
        // `max_by_key` would take the last of equals.
        options.iter().rev().max_by_key(sleeps)
    } else if says(text, Remark::Smallest) {
        options.iter().min_by_key(sleeps)
    } else if says(text, Remark::Cheapest) || recommended {
        options.iter().min_by_key(price)
    } else {
        None
    }?;
    Some(Preferred { choice: choice.clone(), recommended })
}

/// Whether a wish names a quality at all.
pub(super) fn names_a_quality(text: &str) -> bool {
    [Remark::Cheapest, Remark::Largest, Remark::Smallest, Remark::AnyOne].iter().any(|one| says(text, *one))
}
