-- Our calendar as a channel last read it, by its digest, and since when it is that text: what Last-Modified says.
ALTER TABLE feed ADD COLUMN export_tag TEXT NOT NULL DEFAULT '';
ALTER TABLE feed ADD COLUMN export_changed_at INTEGER;
