-- Notices that nobody has seen are found by this index alone, those that are not told again too.
DROP INDEX notice_unseen;
CREATE INDEX notice_unseen ON notice (next_at) WHERE seen_at IS NULL;
