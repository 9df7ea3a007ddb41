-- When a night was taken by its holder. What a channel read of us after that had the night in it, whatever became of
-- the reservation since: a payment moves `updated_at`, and must not make our own night a stranger's.
ALTER TABLE night ADD COLUMN taken_at INTEGER NOT NULL DEFAULT 0;

-- A reservation that was never moved nor expired took its nights when it was made. Of the others only the last change
-- is known.
UPDATE night SET taken_at = coalesce(
    (SELECT CASE
            WHEN EXISTS (SELECT 1 FROM audit a
                         WHERE a.reservation_id = r.id AND a.event IN ('pre_reserved', 'expired', 'gave_way'))
              OR (SELECT count(*) FROM audit a WHERE a.reservation_id = r.id AND a.event = 'confirmed') > 1
              OR (SELECT count(*) FROM audit a WHERE a.reservation_id = r.id AND a.event = 'checked_in') > 1
            THEN r.updated_at ELSE r.created_at END
     FROM reservation r WHERE r.id = night.reservation_id),
    (SELECT b.created_at FROM block b WHERE b.id = night.block_id),
    (SELECT n.first_seen_at FROM feed_night n WHERE n.feed_id = night.feed_id AND n.day = night.day),
    0);
