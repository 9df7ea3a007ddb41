//! What channels say of nights, against what they sold and what is known of them here.

use super::broken::{Broken, none};
use super::world::World;
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::Connection;

pub(super) fn imported_nights_are_taken(db: &Connection, today: Date) -> Result<(), Broken> {
    none(
        db,
        "no imported night is free",
        "SELECT f.id, i.day FROM feed_night i JOIN feed f ON f.id = i.feed_id AND f.deleted_at IS NULL
         WHERE i.day > ?1
           AND NOT EXISTS (SELECT 1 FROM night n WHERE n.cabin_id = f.cabin_id AND n.day = i.day)",
        [today.to_string()],
    )
}

/// What a channel holds here is what is known of it: a night that it does not know of would never come free.
pub(super) fn closed_nights_are_known(db: &Connection, today: Date) -> Result<(), Broken> {
    none(
        db,
        "what a channel holds here is what is known of it",
        "SELECT n.feed_id, n.day FROM feed_night n JOIN feed f ON f.id = n.feed_id AND f.deleted_at IS NULL
         WHERE n.day > ?1 AND f.state -> ('$.nights.\"' || n.day || '\"') IS NULL",
        [today.to_string()],
    )
}

/// A site's calendar counts as known to the instance if it was stored at that very moment; one that was not
/// stored, the disk being full or the process dead, obliges nobody.
pub(super) fn believe_what_was_read(db: &Connection, world: &mut World) -> Result<(), Broken> {
    for site in &mut world.sites {
        let Some((told, nights)) = site.told.take() else { continue };
        let mut feed = db.prepare_cached("SELECT 1 FROM feed WHERE id = ?1 AND succeeded_at = ?2")?;
        if feed.exists((site.feed, told.as_millisecond()))? {
            site.believed = nights;
            world.counts.readings_believed += 1;
        }
    }
    Ok(())
}

/// Like [`imported_nights_are_taken`], for the nights that sites have sold and reported.
pub(super) fn sold_nights_are_taken(db: &Connection, world: &World) -> Result<(), Broken> {
    let tomorrow = world.today().saturating_add(1.day());
    for site in &world.sites {
        let mut feed = db.prepare_cached("SELECT cabin_id FROM feed WHERE id = ?1")?;
        let cabin: i64 = feed.query_row([site.feed], |row| row.get(0))?;
        let sold = site.nights();
        let mut night = db.prepare_cached("SELECT 1 FROM night WHERE cabin_id = ?1 AND day = ?2")?;
        for day in site.believed.intersection(&sold).filter(|day| **day >= tomorrow) {
            if !night.exists((cabin, day.to_string()))? {
                let details = format!("feed {} sold {day} of cabin {cabin}", site.feed);
                return Err(Broken::new("no sold night that was read is free", details));
            }
        }
    }
    Ok(())
}
