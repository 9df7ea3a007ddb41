//! The real client against the simulated booking sites: what is sold there closes here, and none of the
//! ways in which a site breaks frees a night.

use super::options;
use crate::days::{day, today};
use casero::adapters::calendars::HttpFeeds;
use casero::adapters::reach::Reach;
use casero::calendars::merge::{OwnNights, Step, step, step_unchanged};
use casero::calendars::{ChannelState, Kind, ReadOptions, read};
use casero::fake_vendors::feed::{Ailment, Feed, Occupied, Site};
use casero::fake_vendors::{FakeVendors, FakeVendorsConfig, start};
use casero::ports::error::PortError;
use casero::ports::feeds::{FeedAnswer, FeedRequest, FeedSource};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// One channel as the importer follows it.
struct Import {
    feeds: HttpFeeds,
    url: String,
    etag: Option<String>,
    state: ChannelState,
    now: Timestamp,
    /// As the vendors' own clock has it when the import begins.
    today: Date,
}

impl Import {
    fn of(vendors: &FakeVendors, name: &str) -> Import {
        Import {
            feeds: HttpFeeds::new(Reach::Anywhere),
            url: vendors.feed_url(name),
            etag: None,
            state: ChannelState::default(),
            now: Timestamp::now(),
            today: today(),
        }
    }

    /// Fetches, reads and merges, an hour after the last time.
    fn run(&mut self) -> Result<Step, PortError> {
        self.now += SignedDuration::from_hours(1);
        let own = OwnNights::default();
        let request = FeedRequest { url: &self.url, etag: self.etag.as_deref(), last_modified: None };
        let step = match tokio::task::block_in_place(|| self.feeds.get(&request))? {
            FeedAnswer::NotModified => step_unchanged(&self.state, &own, self.now, self.today),
            FeedAnswer::Body { bytes, etag, .. } => {
                let feed = read(&bytes, &ReadOptions { today: self.today, ..options() });
                let step = step(&self.state, &feed, &own, self.now, self.today);
                if step.believed {
                    self.etag = etag;
                }
                step
            }
        };
        self.state = step.next.clone();
        Ok(step)
    }
}

fn sold(start: Date, end: Date) -> Occupied {
    Occupied { start, end, code: Some("HMAAAAAAAA".to_owned()), label: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_there_closes_here_and_comes_back_when_it_is_called_off() {
    let vendors = start(FakeVendorsConfig::default()).await.expect("a free port");
    let stays = vec![sold(day(0), day(3)), sold(day(7), day(17))];
    for (site, kind) in [(Site::Airbnb, Kind::Booked), (Site::Booking, Kind::Closed)] {
        let name = site.code();
        vendors.world().put_feed(name, Feed { occupied: stays.clone(), ..Feed::new(site) });
        let mut import = Import::of(&vendors, name);
        let first = import.run().expect("an answer");
        let real = |step: &Step| step.added.iter().filter(|change| change.kind == kind).count();
        assert_eq!(real(&first), 13, "{name}");
        assert!(import.run().expect("an answer").added.is_empty(), "the second time it is not modified");
        vendors.world().change_feed(name, |feed| {
            feed.occupied.remove(0);
        });
        let freed: Vec<usize> = (0..3).map(|_| import.run().expect("an answer").removed.len()).collect();
        assert_eq!(freed, [0, 0, 3], "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_way_in_which_a_site_breaks_frees_a_night() {
    let vendors = start(FakeVendorsConfig::default()).await.expect("a free port");
    let stays = vec![sold(day(0), day(3))];
    for ailment in
        [Ailment::Blank, Ailment::Truncated, Ailment::Html, Ailment::Error500, Ailment::Gone, Ailment::Empty]
    {
        let name = ailment.code();
        vendors.world().put_feed(name, Feed { occupied: stays.clone(), ..Feed::new(Site::Booking) });
        let mut import = Import::of(&vendors, name);
        import.run().expect("an answer");
        vendors.world().change_feed(name, |feed| feed.ailment = Some(ailment));
        for _ in 0..20 {
            if let Ok(step) = import.run() {
                assert!(step.removed.is_empty(), "{name}");
            }
        }
        assert!(import.state.closed().contains(day(2)), "{name}");
    }
}
