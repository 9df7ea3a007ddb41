//! A month of the tape chart: a row for each cabin, with a cell for each free night and one for each run of
//! nights with the same holder. Accounts without access to bookings see guests' first names, and neither
//! prices nor notes nor links.

use super::super::words;
use crate::app::AppContext;
use crate::domain::cabin::{Cabin, Season};
use crate::domain::channel::{Channel, KnownChannel};
use crate::domain::guest::first_name;
use crate::domain::ids::{BlockId, CabinId, FeedId, ReservationId};
use crate::domain::money::Money;
use crate::domain::policy::Moment;
use crate::domain::pricing;
use crate::domain::reservation::Status;
use crate::domain::settings::Settings;
use crate::domain::stay::Stay;
use crate::domain::user::{Permission, Role};
use crate::store::cabins::Block;
use crate::store::chart::{self, Bar, HeldNight};
use crate::store::nights::Holder;
use crate::store::{Read, StoreError, cabins, settings};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A month as the chart shows it.
pub(super) struct Month {
    /// "2027-01".
    pub id: String,
    /// "enero 2027".
    pub title: String,
    pub days: Vec<Day>,
    pub rows: Vec<ChartRow>,
}

pub(super) struct Day {
    pub number: i8,
    /// "lun".
    pub weekday: String,
    /// CSS classes: a weekend night, today, both or neither.
    pub look: &'static str,
    pub today: bool,
}

pub(super) struct ChartRow {
    pub name: String,
    pub offered: bool,
    pub cells: Vec<Cell>,
}

/// One or more nights of a cabin.
pub(super) enum Cell {
    /// A night that can't be sold: past, or the cabin is inactive.
    Idle,
    /// A free night with its price.
    Free(Free),
    /// Nights with a holder.
    Held(Held),
}

pub(super) struct Free {
    pub cabin: i64,
    pub day: Date,
    /// "45.000".
    pub price: String,
    /// "vie 15: $ 45.000".
    pub label: String,
}

pub(super) struct Held {
    pub nights: usize,
    /// Link target; empty for none.
    pub path: String,
    pub look: String,
    pub text: String,
    /// Accessible label, also the tooltip.
    pub label: String,
    pub movable: Option<Movable>,
}

/// A stay that can be moved.
pub(super) struct Movable {
    pub code: String,
    pub stay: Stay,
}

/// Data of a month, read in one snapshot.
struct Facts {
    /// The account may see bookings: names, prices, notes, and links.
    bookings: bool,
    moment: Moment,
    settings: Settings,
    nights: BTreeMap<(CabinId, Date), HeldNight>,
    stays: BTreeMap<ReservationId, Bar>,
    blocks: BTreeMap<BlockId, Block>,
    seasons: BTreeMap<CabinId, Vec<Season>>,
    clashes: BTreeMap<ReservationId, Vec<(Date, Channel)>>,
    channels: BTreeMap<FeedId, Channel>,
}

/// The first day of a month like "2027-01"; on bad input, of the month of `today`.
pub(super) fn first_day(text: Option<&str>, today: Date) -> Date {
    let read = |text: &str| {
        let well_made = text.len() == 7 && text.is_ascii();
        let day: Date = well_made.then(|| format!("{text}-01"))?.parse().ok()?;
        (2000..2200).contains(&day.year()).then_some(day)
    };
    text.and_then(read).unwrap_or_else(|| today.first_of_month())
}

/// "2027-01".
pub(super) fn id_of(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// A month's form in an address, and its name.
pub(super) fn named(first: Date) -> (String, String) {
    (id_of(first), format!("{} {}", words::month(first), first.year()))
}

impl Month {
    /// The month that begins on `first`, as far as `role` may see it.
    pub(super) fn load(
        tx: &impl Read,
        context: &AppContext,
        first: Date,
        role: Role,
    ) -> Result<Month, StoreError> {
        let next = first.saturating_add(1.month());
        let facts =
            Facts { bookings: role.may(Permission::Bookings), ..Facts::load(tx, context, first, next)? };
        let days: Vec<Date> = first.series(1.day()).take_while(|day| *day < next).collect();
        let rows = cabins::list(tx)?.into_iter().map(|cabin| facts.row(cabin, &days)).collect();
        Ok(Month {
            id: id_of(first),
            title: format!("{} {}", words::month(first), first.year()),
            days: days.iter().map(|day| facts.head(*day)).collect(),
            rows,
        })
    }
}

impl Facts {
    fn load(tx: &impl Read, context: &AppContext, from: Date, to: Date) -> Result<Facts, StoreError> {
        let (settings, _) = settings::load(tx)?;
        let stays: BTreeMap<_, _> =
            chart::stays(tx, from, to)?.into_iter().map(|bar| (bar.id, bar)).collect();
        // A lapsed hold still has its rows, but not its nights.
        let lapsed = |holder: Holder| match holder {
            Holder::Reservation(id) => stays.get(&id).is_some_and(|bar| has_lapsed(bar, tx)),
            Holder::Block(_) | Holder::Feed(_) => false,
        };
        let nights = chart::nights(tx, from, to)?.into_iter().filter(|night| !lapsed(night.holder));
        let nights = nights.map(|night| ((night.cabin_id, night.day), night)).collect();
        let mut seasons: BTreeMap<_, Vec<Season>> = BTreeMap::new();
        for season in chart::seasons(tx, from, to)? {
            seasons.entry(season.cabin_id).or_default().push(season);
        }
        let mut clashes: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for clash in chart::clashes(tx, from, to)? {
            clashes.entry(clash.reservation_id).or_default().push((clash.day, clash.channel));
        }
        Ok(Facts {
            bookings: false,
            moment: context.moment(tx),
            settings,
            nights,
            stays,
            blocks: chart::blocks(tx, from, to)?.into_iter().map(|block| (block.id, block)).collect(),
            seasons,
            clashes,
            channels: chart::channels(tx)?.into_iter().collect(),
        })
    }

    fn head(&self, day: Date) -> Day {
        let today = day == self.moment.today();
        let look = match (self.settings.weekend_nights.contains(day), today) {
            (true, true) => "w t",
            (true, false) => "w",
            (false, true) => "t",
            (false, false) => "",
        };
        Day { number: day.day(), weekday: words::weekday(day), look, today }
    }

    fn row(&self, cabin: Cabin, days: &[Date]) -> ChartRow {
        let prices = self.prices(&cabin, days);
        let mut cells = Vec::new();
        let mut at = 0;
        while let Some(day) = days.get(at) {
            let run = self.run(cabin.id, &days[at..]);
            if let [first, ..] = run.as_slice() {
                cells.push(Cell::Held(self.held(first, &run)));
                at += run.len();
                continue;
            }
            cells.push(match prices.get(at) {
                Some(price) if self.bookings && cabin.active && *day >= self.moment.today() => {
                    let label = format!("{} {}: {}", words::weekday(*day), day.day(), self.money(*price));
                    Cell::Free(Free { cabin: cabin.id.0, day: *day, price: short(*price), label })
                }
                _ => Cell::Idle,
            });
            at += 1;
        }
        ChartRow { name: cabin.name, offered: cabin.active, cells }
    }

    /// The leading nights of `days` that one holder has; none when the first is free.
    fn run(&self, cabin: CabinId, days: &[Date]) -> Vec<&HeldNight> {
        let nights = days.iter().map_while(|day| self.nights.get(&(cabin, *day)));
        let mut run: Vec<&HeldNight> = Vec::new();
        for night in nights {
            let same =
                run.first().is_none_or(|first| first.holder == night.holder && first.event == night.event);
            if !same {
                break;
            }
            run.push(night);
        }
        run
    }

    /// The price of each day's night; empty when unknown.
    fn prices(&self, cabin: &Cabin, days: &[Date]) -> Vec<Money> {
        let seasons = self.seasons.get(&cabin.id).map_or(&[][..], Vec::as_slice);
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
        let month = Stay::new(*first, last.saturating_add(1.day())).ok();
        let nights = month.and_then(|m| pricing::nights(cabin, seasons, m, self.settings.weekend_nights));
        nights.map_or_else(Vec::new, |lines| lines.into_iter().map(|line| line.amount).collect())
    }

    fn held(&self, first: &HeldNight, run: &[&HeldNight]) -> Held {
        let nights = run.len();
        let end = first.day.saturating_add(i64::try_from(nights).unwrap_or(0).days());
        match first.holder {
            Holder::Reservation(id) => match self.stays.get(&id) {
                Some(bar) if self.bookings => self.stay_bar(bar, nights, first.day, end),
                Some(bar) => self.first_name_bar(bar, nights, first.day, end),
                None => closed(nights, "x", "Ocupada"),
            },
            Holder::Block(id) => {
                let block = self.blocks.get(&id);
                if !self.bookings {
                    return closed(nights, "closed", "Cerrada");
                }
                let reason = block.map(|block| block.reason.trim()).filter(|reason| !reason.is_empty());
                let text = reason.map_or_else(|| "Cerrada".to_owned(), str::to_owned);
                let when = block.map(|block| words::format(&self.moment).short_stay(block.stay));
                let cut = block.map_or_else(String::new, |block| cut(block.stay, first.day, end));
                let label = format!("Cerrada: {text}, {}", when.unwrap_or_default());
                let path = format!("/admin/chart/blocks/{}", id.0);
                Held { nights, path, look: format!("closed{cut}"), text, label, movable: None }
            }
            Holder::Feed(id) => {
                let channel = self.channels.get(&id).cloned().unwrap_or(Channel::from(KnownChannel::Other));
                closed(nights, &format!("{} feed", channel.look()), &channel.label())
            }
        }
    }

    fn first_name_bar(&self, bar: &Bar, nights: usize, from: Date, to: Date) -> Held {
        let f = words::format(&self.moment);
        let text = first_name(&bar.guest).unwrap_or_else(|| "Sin nombre".to_owned());
        let label = format!("{text}, {}, {}", f.short_stay(bar.stay), f.party(bar.party));
        let hold = if bar.status == Status::PreReserved { " hold" } else { "" };
        let look = format!("{}{}{hold}", bar.channel.look(), cut(bar.stay, from, to));
        Held { nights, path: String::new(), look, text, label, movable: None }
    }

    fn stay_bar(&self, bar: &Bar, nights: usize, from: Date, to: Date) -> Held {
        let f = words::format(&self.moment);
        let mut look = format!("{}{}", bar.channel.look(), cut(bar.stay, from, to));
        let guest = if bar.guest.trim().is_empty() { "Sin nombre" } else { bar.guest.trim() };
        let mut label = format!(
            "{guest}, {}, {}, {}, {}",
            f.short_stay(bar.stay),
            f.party(bar.party),
            bar.channel.label(),
            words::status(bar.status)
        );
        if bar.status == Status::PreReserved {
            look.push_str(" hold");
        }
        let mut text = guest.to_owned();
        if let Some(clashes) = self.clashes.get(&bar.id) {
            look.push_str(" clash");
            text = format!("⚠ {guest}");
            let mut said: Vec<String> = clashes
                .iter()
                .map(|(day, channel)| format!("{} en {}", f.short_day(*day), channel.label()))
                .collect();
            said.dedup();
            label = format!("Doble reserva ({}): {label}", said.join(", "));
        }
        let movable = matches!(bar.status, Status::PreReserved | Status::Confirmed)
            .then(|| Movable { code: bar.code.clone(), stay: bar.stay });
        Held { nights, path: format!("/admin/reservations/{}", bar.code), look, text, label, movable }
    }

    fn money(&self, price: Money) -> String {
        words::format(&self.moment).money(price)
    }
}

fn has_lapsed(bar: &Bar, tx: &impl Read) -> bool {
    bar.status == Status::PreReserved && bar.expires_at.is_some_and(|until| until <= tx.now())
}

fn closed(nights: usize, look: &str, name: &str) -> Held {
    let label = format!("{name}, {}", words::count(nights as u64, "noche", "noches"));
    Held { nights, path: String::new(), look: look.to_owned(), text: name.to_owned(), label, movable: None }
}

/// CSS classes for the ends at which the bar goes on in another month.
fn cut(stay: Stay, from: Date, to: Date) -> String {
    let before = if stay.check_in() < from { " l" } else { "" };
    let after = if stay.check_out() > to { " r" } else { "" };
    format!("{before}{after}")
}

/// A price that fits a cell: "45.000", "1,25 M".
pub(in super::super) fn short(price: Money) -> String {
    let whole = price.minor / 100;
    if whole >= 1_000_000 {
        let hundredths = whole / 10_000;
        return format!("{},{:02} M", hundredths / 100, hundredths % 100);
    }
    if whole >= 1000 { format!("{}.{:03}", whole / 1000, whole % 1000) } else { whole.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use jiff::civil::date;

    #[test]
    fn a_month_is_read_as_it_is_written_and_anything_else_is_this_month() {
        let today = date(2026, 11, 24);
        assert_eq!(first_day(Some("2027-01"), today), date(2027, 1, 1));
        for odd in ["2027-13", "27-01", "2027-1", "9999-01", "enero", ""] {
            assert_eq!(first_day(Some(odd), today), date(2026, 11, 1), "{odd}");
        }
        assert_eq!(id_of(date(2027, 1, 31)), "2027-01");
    }

    #[test]
    fn a_price_fits_its_cell() {
        let said = |pesos: i64| short(Money::new(pesos * 100, Currency::Ars));
        assert_eq!([said(85), said(45_000), said(1_250_000)], ["85", "45.000", "1,25 M"]);
    }

    #[test]
    fn a_bar_says_where_it_goes_on() {
        let stay = Stay::new(date(2027, 1, 30), date(2027, 2, 3)).unwrap();
        assert_eq!(cut(stay, date(2027, 1, 30), date(2027, 2, 1)), " r");
        assert_eq!(cut(stay, date(2027, 2, 1), date(2027, 2, 3)), " l");
    }
}
