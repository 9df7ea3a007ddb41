//! Groups points into ranges: arrival and departure.

use super::point::{Point, Role};

/// An arrival and a departure, as far as they were named.
#[derive(Debug, Clone, Default)]
pub(crate) struct Range {
    pub start: Option<Point>,
    pub end: Option<Point>,
    /// Another day of departure: "al 15 o 16".
    pub other_end: Option<Point>,
    /// The end came as "el 5 y el 6": a list of days or of nights.
    pub listed: bool,
    /// The whole range is an alternative: "o del 12 al 15".
    pub alternative: bool,
    between: bool,
    moved: bool,
}

impl Range {
    fn starting(point: Point) -> Range {
        Range {
            between: point.role == Role::Between,
            moved: point.role == Role::For,
            alternative: point.role == Role::Or,
            start: Some(point),
            ..Range::default()
        }
    }

    fn is_open(&self) -> bool {
        self.end.is_none()
    }
}

/// Groups points, in the order of the message.
pub(crate) fn group(points: Vec<Point>) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::new();
    for point in points {
        let Some(current) = ranges.last_mut() else {
            ranges.push(match point.role {
                Role::Until | Role::Out => Range { end: Some(point), ..Range::default() },
                _ => Range::starting(point),
            });
            continue;
        };
        let needs_start = current.start.is_none();
        match point.role {
            Role::Out => {
                current.end = Some(point);
                current.listed = false;
            }
            Role::To | Role::Until if current.is_open() || current.listed => {
                current.end = Some(point);
                current.listed = false;
            }
            Role::And if current.is_open() || current.listed => {
                current.listed = !current.between;
                if let Some(start) = &mut current.start {
                    share_month(start, &point);
                }
                current.end = Some(point);
            }
            Role::Or if !current.is_open() && current.other_end.is_none() => current.other_end = Some(point),
            Role::In | Role::From | Role::Plain | Role::For | Role::And | Role::To if needs_start => {
                current.start = Some(point);
            }
            Role::Plain if current.is_open() => current.end = Some(point),
            Role::Plain
            | Role::For
            | Role::From
            | Role::Between
            | Role::In
            | Role::Or
            | Role::To
            | Role::Until
            | Role::And
            | Role::Dropped => {
                ranges.push(Range::starting(point));
            }
        }
    }
    complete_alternatives(ranges)
}

/// "o 12 al 15": the apparent second end begins another range.
fn complete_alternatives(ranges: Vec<Range>) -> Vec<Range> {
    let mut fixed: Vec<Range> = Vec::with_capacity(ranges.len());
    for range in ranges {
        let continues =
            range.start.as_ref().is_some_and(|start| matches!(start.role, Role::To | Role::Until));
        let other_start = match fixed.last_mut() {
            Some(last) if continues => last.other_end.take(),
            _ => None,
        };
        match other_start {
            Some(start) => fixed.push(Range {
                end: range.start,
                alternative: true,
                start: Some(start),
                ..Range::default()
            }),
            None => fixed.push(range),
        }
    }
    fixed
}

/// The ranges to use: of a change only the new one; whole ones before halves.
pub(crate) fn choose(mut ranges: Vec<Range>, changing: bool) -> Vec<Range> {
    if ranges.len() < 2 {
        return ranges;
    }
    if changing {
        let moved = ranges.iter().rposition(|range| range.moved);
        let kept = moved.unwrap_or(ranges.len() - 1);
        return vec![ranges.swap_remove(kept)];
    }
    if ranges.iter().skip(1).any(|range| range.alternative) {
        return ranges;
    }
    let whole = ranges.iter().filter(|range| !range.is_open()).count();
    match whole {
        0 => {
            // "feriado de 12/10, chegamos dia 9": the arrival counts, in the month that was named.
            let arrival = |range: &Range| range.start.as_ref().is_some_and(|start| start.role == Role::In);
            let at = ranges.iter().position(arrival).unwrap_or(0);
            let month = ranges[0].start.as_ref().and_then(|start| start.month);
            let mut chosen = ranges.swap_remove(at);
            if let Some(start) = chosen.start.as_mut().filter(|start| start.day.is_some()) {
                start.month = start.month.or(month);
            }
            ranges = vec![chosen];
        }
        _ => ranges.retain(|range| !range.is_open()),
    }
    ranges
}

pub(super) fn share_month(from: &mut Point, to: &Point) {
    let (Some(month), Some(last_day)) = (to.month, to.day) else { return };
    let Some(first_day) = from.day else { return };
    if from.month.is_none() {
        let same = first_day < last_day;
        from.month = Some(if same { month } else { (month + 10) % 12 + 1 });
        from.year = to.year.map(|year| if !same && month == 1 { year - 1 } else { year });
    } else if from.year.is_none() {
        from.year = to.year.map(|year| if from.month > to.month { year - 1 } else { year });
    }
}
