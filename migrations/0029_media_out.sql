-- Files that a person of the house sends to a guest from the page. They lie in the database, as photographs do: the file
-- and the message that sends it commit together.
CREATE TABLE sent_file (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    mime            TEXT    NOT NULL,
    filename        TEXT    NOT NULL,
    bytes           BLOB    NOT NULL,
    created_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX sent_file_of_conversation ON sent_file (conversation_id);
CREATE INDEX sent_file_age ON sent_file (created_at);

-- The guest's conversation that a message to the owner tells of: what quotes it goes to that guest.
ALTER TABLE outbound ADD COLUMN about_id INTEGER REFERENCES conversation (id);

-- The owner's conversation in which an attention item was answered: another owner who answers it too hears of the first.
ALTER TABLE attention ADD COLUMN answered_in INTEGER REFERENCES conversation (id);
