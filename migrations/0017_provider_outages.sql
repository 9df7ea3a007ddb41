-- A provider that can't be used: it does not answer, or refuses our account. What it is needed for waits as a whole,
-- and one call at a time finds out whether it can be used again.
CREATE TABLE provider_outage (
    provider   TEXT    NOT NULL PRIMARY KEY,
    -- Why, as a word of `domain::provider`, and the vendor's own code.
    cause      TEXT    NOT NULL,
    code       TEXT    NOT NULL,
    since      INTEGER NOT NULL,
    -- When the next call may try it.
    probe_at   INTEGER NOT NULL,
    -- The refusal came in a delivery report: only a delivery ends it, an accepted message proves nothing.
    by_report  INTEGER NOT NULL DEFAULT 0 CHECK (by_report IN (0, 1))
) STRICT, WITHOUT ROWID;

-- WhatsApp's ids of tries that were replaced by another: a report about one of them says nothing of the message.
CREATE TABLE outbound_superseded (
    external_id TEXT    NOT NULL PRIMARY KEY,
    outbound_id INTEGER NOT NULL REFERENCES outbound (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX outbound_superseded_of ON outbound_superseded (outbound_id);

-- Notifications whose signature did not hold, since one last held: a secret that is wrong, or a proxy that changes what
-- was signed. Kept by the minute, not by the notification: strangers send such too.
CREATE TABLE refused_signature (
    provider         TEXT    NOT NULL PRIMARY KEY,
    refused          INTEGER NOT NULL,
    first_refused_at INTEGER NOT NULL,
    last_refused_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
