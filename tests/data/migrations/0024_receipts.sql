-- A guest said that the deposit was sent, and nobody has looked.
INSERT INTO receipt (reservation_id, inbound_id, told_by, told_at, keeps_until, time_left)
SELECT min(r.id), (SELECT min(id) FROM inbound), 'words', 1796000000000, 1796086400000, 1800000 FROM reservation r;
