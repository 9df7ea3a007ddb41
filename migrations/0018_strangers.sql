-- Whom a number reaches when WhatsApp names another id than the one we wrote to.
CREATE INDEX guest_phone_used ON guest (phone_used) WHERE phone_used IS NOT NULL;

-- From which address a hold of the public form came, as a keyed digest: so many of one address may wait for their
-- deposit at a time. Kept for as long as the hold waits.
CREATE TABLE web_hold (
    reservation_id INTEGER NOT NULL PRIMARY KEY REFERENCES reservation (id) ON DELETE CASCADE,
    address        BLOB    NOT NULL
) STRICT;

CREATE INDEX web_hold_of ON web_hold (address);

-- Guests' files by their age: what is old or too much is deleted.
CREATE INDEX inbound_media ON inbound (received_at) WHERE media_path IS NOT NULL;
