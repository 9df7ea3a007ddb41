-- A night that a channel was given and that is gone since.
INSERT INTO given_night (feed_id, day, holder, given_from, given_until)
SELECT min(id), '2027-03-05', 'reservation-1', 1764000000000, 1764100000000 FROM feed;
