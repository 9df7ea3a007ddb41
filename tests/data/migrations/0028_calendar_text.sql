-- A channel that has read a calendar of ours.
UPDATE feed SET export_tag = '0123456789abcdef0123456789abcdef', export_changed_at = 1764000000000
WHERE id = (SELECT min(id) FROM feed);
