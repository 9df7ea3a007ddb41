-- How often nobody knew whether a message had gone out. Tries that surely failed do not count: a message may be
-- sent again after the first doubt, however often it was refused before.
ALTER TABLE outbound ADD COLUMN doubts INTEGER NOT NULL DEFAULT 0;
UPDATE outbound SET doubts = attempts WHERE state = 'uncertain';
