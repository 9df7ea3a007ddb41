-- A guest's word of money that a person put aside.
INSERT INTO receipt (reservation_id, inbound_id, told_by, state, told_at, decided_at, decided_by)
SELECT min(r.id), (SELECT min(id) FROM inbound), 'words', 'closed', 1796000000000, 1796000060000, 'duena@example.com'
FROM reservation r;
