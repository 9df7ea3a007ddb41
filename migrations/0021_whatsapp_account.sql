-- The business account behind the number, as Meta last told it. One row.
CREATE TABLE whatsapp_account (
    id                  INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    -- Learned from notifications; the deployment's setting goes before it.
    business_account_id TEXT,
    number              TEXT    NOT NULL DEFAULT '',
    name                TEXT    NOT NULL DEFAULT '',
    -- Words of Meta in lower case: connected, pending, …; approved, pending_review, …; green, yellow, …; tier_250, ….
    status              TEXT    NOT NULL DEFAULT '',
    name_status         TEXT    NOT NULL DEFAULT '',
    quality             TEXT    NOT NULL DEFAULT '',
    messaging_limit     TEXT    NOT NULL DEFAULT '',
    -- The number lives in the WhatsApp Business app as well.
    on_app              INTEGER NOT NULL DEFAULT 0 CHECK (on_app IN (0, 1)),
    -- Whether notifications of the account come to us; NULL while that is not known.
    subscribed          INTEGER CHECK (subscribed IN (0, 1)),
    -- The code of the failure of the last look; empty when it succeeded.
    problem             TEXT    NOT NULL DEFAULT '',
    checked_at          INTEGER,
    -- When the list of templates was last read; NULL before.
    templates_at        INTEGER
) STRICT;

-- Message templates of the account as Meta last told them.
CREATE TABLE whatsapp_template (
    name       TEXT    NOT NULL,
    language   TEXT    NOT NULL,
    -- A word of `domain::whatsapp_account`.
    status     TEXT    NOT NULL,
    reason     TEXT    NOT NULL DEFAULT '',
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (name, language)
) STRICT, WITHOUT ROWID;

-- What a message is about, a word of `domain::whatsapp_account`: outside the window it goes in the template of that.
ALTER TABLE outbound ADD COLUMN purpose TEXT;
