-- A guest who changed their number.
UPDATE guest SET moved_at = 1796000000000 WHERE id = (SELECT min(id) FROM guest);
