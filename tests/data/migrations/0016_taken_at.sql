-- A night that knows when it was taken.
INSERT INTO night (cabin_id, day, block_id, taken_at) VALUES (2, '2027-02-03', 1, 1796000000000);
