-- What each channel was given to read in our calendars, night by night: what comes back from a site or a tool is judged
-- by it. The rows outlive every change of the reservation; old nights are pruned.
CREATE TABLE given_night (
    feed_id     INTEGER NOT NULL REFERENCES feed (id),
    day         TEXT NOT NULL,
    -- Who had the night: 'reservation-7', 'block-3', 'feed-2'.
    holder      TEXT NOT NULL,
    -- The first reading with it.
    given_from  INTEGER NOT NULL,
    -- The first reading without it; none while the last one had it.
    given_until INTEGER,
    PRIMARY KEY (feed_id, day, holder)
) STRICT, WITHOUT ROWID;

-- A channel that read us after a night was taken was given it.
INSERT INTO given_night (feed_id, day, holder, given_from)
SELECT f.id, n.day,
       CASE WHEN n.reservation_id IS NOT NULL THEN 'reservation-' || n.reservation_id
            WHEN n.block_id IS NOT NULL THEN 'block-' || n.block_id
            ELSE 'feed-' || n.feed_id END,
       n.taken_at
FROM feed f JOIN night n ON n.cabin_id = f.cabin_id
WHERE f.deleted_at IS NULL AND f.fetched_at >= n.taken_at AND n.feed_id IS NOT f.id
  AND (n.feed_id IS NULL
       OR EXISTS (SELECT 1 FROM feed_night i WHERE i.feed_id = n.feed_id AND i.day = n.day AND i.soft = 0));

-- When a calendar was last read with its text; "not modified" for ever is no reading.
ALTER TABLE feed ADD COLUMN read_whole_at INTEGER;
UPDATE feed SET read_whole_at = succeeded_at;
-- Whether nights that the channel closes by its own rules, and not by a sale, are closed for guests here.
ALTER TABLE feed ADD COLUMN rules_close INTEGER NOT NULL DEFAULT 1 CHECK (rules_close IN (0, 1));
