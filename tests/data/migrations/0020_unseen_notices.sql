-- A notice that is not told again, and that nobody has seen.
UPDATE notice SET next_at = NULL WHERE id = (SELECT max(id) FROM notice);
