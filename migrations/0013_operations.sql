-- What the house knows of its own running: its pulse, its drills, the times it was down.

-- The last write that succeeded for its own sake. A gap at the start says how long nobody was home.
CREATE TABLE pulse (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    beat_at INTEGER NOT NULL
) STRICT;

-- Each time the newest copy was gone back to in a temporary place.
CREATE TABLE drill (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    -- The copy's file name.
    copy    TEXT NOT NULL,
    -- Rows it brought back; 0 when it could not.
    rows    INTEGER NOT NULL DEFAULT 0,
    -- Why it is no good; empty when it is.
    problem TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE outage (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    began_at    INTEGER NOT NULL,
    ended_at    INTEGER NOT NULL,
    -- When what was missed had been caught up with, and what came of it.
    reported_at INTEGER,
    messages    INTEGER NOT NULL DEFAULT 0,
    payments    INTEGER NOT NULL DEFAULT 0,
    calendars   INTEGER NOT NULL DEFAULT 0,
    behind      INTEGER NOT NULL DEFAULT 0,
    matters     INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What answered a message: how long its guest waited.
CREATE INDEX outbound_answers ON outbound (answers_id) WHERE answers_id IS NOT NULL;
