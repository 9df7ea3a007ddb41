//! A set of nights kept as runs, so that a feed that blocks a thousand years costs as much as one that
//! blocks a weekend.

use jiff::{ToSpan, civil::Date};

/// Nights, each named by the civil date on which it begins. Runs are half-open, sorted, and never touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NightSet {
    runs: Vec<(Date, Date)>,
}

impl NightSet {
    /// The union of half-open ranges; empty and backward ones are ignored.
    pub fn from_ranges(ranges: impl IntoIterator<Item = (Date, Date)>) -> NightSet {
        let mut sorted: Vec<(Date, Date)> = ranges.into_iter().filter(|(start, end)| start < end).collect();
        sorted.sort_unstable();
        let mut runs: Vec<(Date, Date)> = Vec::new();
        for (start, end) in sorted {
            match runs.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => runs.push((start, end)),
            }
        }
        NightSet { runs }
    }

    /// The nights of single dates, in any order.
    pub fn from_dates(dates: impl IntoIterator<Item = Date>) -> NightSet {
        NightSet::from_ranges(
            dates.into_iter().filter_map(|date| Some((date, date.checked_add(1.day()).ok()?))),
        )
    }

    /// The same set without what lies outside `from..to`.
    pub fn clipped(&self, from: Date, to: Date) -> NightSet {
        NightSet::from_ranges(self.runs.iter().map(|&(start, end)| (start.max(from), end.min(to))))
    }

    /// Whether a night belongs to the set.
    pub fn contains(&self, night: Date) -> bool {
        let after = self.runs.partition_point(|&(start, _)| start <= night);
        after.checked_sub(1).is_some_and(|index| night < self.runs[index].1)
    }

    /// Half-open runs in order.
    pub fn runs(&self) -> &[(Date, Date)] {
        &self.runs
    }

    /// Each night in order.
    pub fn iter(&self) -> impl Iterator<Item = Date> + '_ {
        self.runs.iter().flat_map(|&(start, end)| {
            std::iter::successors(Some(start), |night| night.checked_add(1.day()).ok())
                .take_while(move |night| *night < end)
        })
    }

    pub fn len(&self) -> usize {
        self.runs.iter().map(|&(start, end)| usize::try_from((end - start).get_days()).unwrap_or(0)).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn touching_and_overlapping_ranges_become_one_run() {
        let set = NightSet::from_ranges([
            (date(2027, 1, 24), date(2027, 1, 26)),
            (date(2027, 1, 20), date(2027, 1, 24)),
            (date(2027, 1, 25), date(2027, 1, 27)),
            (date(2027, 2, 1), date(2027, 2, 1)),
        ]);
        assert_eq!(set.runs(), [(date(2027, 1, 20), date(2027, 1, 27))]);
        assert_eq!((set.len(), set.iter().count()), (7, 7));
        assert!(set.contains(date(2027, 1, 20)) && !set.contains(date(2027, 1, 27)));
    }

    #[test]
    fn the_last_day_that_has_a_date_is_no_trouble() {
        let set = NightSet::from_dates([Date::MAX]);
        assert!(set.is_empty(), "a night without a morning is no night");
    }
}
