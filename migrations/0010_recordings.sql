-- How large a recording is once it is fetched: which is heard next depends on it, since a long one takes longer.
ALTER TABLE inbound ADD COLUMN media_bytes INTEGER;

-- What is to be answered, heard or sent is found without walking through all that ever was said.
CREATE INDEX inbound_ready ON inbound (id) WHERE state = 'ready';
CREATE INDEX inbound_recordings ON inbound (id) WHERE state = 'listen';
CREATE INDEX outbound_unsent ON outbound (id) WHERE state IN ('queued', 'sending');
