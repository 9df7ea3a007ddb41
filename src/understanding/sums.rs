//! Adds up the people named: a total, its parts, and the writer.

use super::reading::{AdultsAndChildren, Guests};

/// Largest party; larger groups write to a hotel.
pub(super) const MAX_GUESTS: u32 = 200;

/// A number that may be two: "5 o 6".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) low: u32,
    pub(super) high: u32,
}

impl Count {
    pub(super) fn one(n: u32) -> Count {
        Count { low: n, high: n }
    }

    pub(super) fn times(self, n: u32) -> Count {
        Count { low: self.low * n, high: self.high * n }
    }

    pub(super) fn plus(self, other: Count) -> Count {
        Count { low: self.low + other.low, high: self.high + other.high }
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    pub(super) total: Option<Count>,
    pub(super) adults: Count,
    /// The number of couples among the adults: "con 2 chicos cada una" counts for each of them.
    pub(super) couples: u32,
    pub(super) children: Count,
    pub(super) relatives: Count,
    /// "yo" was said as one of them.
    pub(super) speaker: bool,
    /// "con" came before the first part: the writer comes too.
    pub(super) with_others: bool,
    /// "para mis viejos": the writer may not come.
    pub(super) for_others: bool,
    /// Parts were added to the total with "y", "más", "+".
    pub(super) added: bool,
    /// The total was of friends or companions, the writer apart.
    pub(super) companions: bool,
    /// People were named without their number.
    pub(super) unknown: bool,
    pub(super) pets: Option<u32>,
}

impl Sums {
    pub(super) fn is_empty(&self) -> bool {
        self.total.is_none() && self.parts() == Count::default()
    }

    pub(super) fn parts(&self) -> Count {
        self.adults.plus(self.children).plus(self.relatives)
    }

    pub(super) fn total(&self) -> (Option<Guests>, Option<AdultsAndChildren>) {
        let writer = Count::one(u32::from(self.writer_comes()));
        let parts = self.parts().plus(writer);
        let count = match self.total {
            Some(total) if self.companions => total.plus(parts),
            Some(total) if self.parts() == Count::default() => total,
            Some(total) if parts == total => total,
            Some(total)
                if self.added || parts.high > total.high || total == Count::one(2) && self.with_others =>
            {
                if self.added || self.adults == Count::default() {
                    total.plus(self.parts())
                } else {
                    parts
                }
            }
            Some(total) => total,
            None if self.unknown => return (None, None),
            None => parts,
        };
        if count.high == 0 || count.high > MAX_GUESTS {
            return (None, None);
        }
        let narrow = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
        let guests = match (narrow(count.low), narrow(count.high)) {
            (low, high) if low == high => Guests::Exactly(low),
            (low, high) => Guests::Between(low.min(high), low.max(high)),
        };
        let told_apart =
            self.children.high > 0 && self.children.low == self.children.high && count.low == count.high;
        let apart = told_apart.then(|| AdultsAndChildren {
            adults: narrow(count.low.saturating_sub(self.children.low)),
            children: narrow(self.children.low),
        });
        (Some(guests), apart)
    }

    pub(super) fn writer_comes(&self) -> bool {
        if self.speaker {
            return true;
        }
        if self.adults != Count::default() || self.total.is_some() && !self.companions {
            return false;
        }
        self.with_others || (self.relatives != Count::default() && !self.for_others)
    }
}
