INSERT INTO pulse (id, beat_at) VALUES (1, 1000);
INSERT INTO drill (at, copy, rows) VALUES (1000, 'casero-2026-01-01T000000Z.db.gz', 40);
INSERT INTO outage (began_at, ended_at) VALUES (1000, 900000);
