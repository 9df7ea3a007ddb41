-- The monthly count of messages reads one month of an index and no table.
CREATE INDEX outbound_sent ON outbound (sent_at, kind, category, billable);
