INSERT INTO feed (id, cabin_id, channel, url, export_token, due_at, created_at)
VALUES (1, 1, 'airbnb', 'https://calendars.example/1.ics', 'token-1', 1790000000000, 1790000000000);
INSERT INTO feed_night (feed_id, day, uid, first_seen_at) VALUES (1, '2027-03-01', 'u1', 1790000000000);
INSERT INTO night (cabin_id, day, feed_id) VALUES (1, '2027-03-01', 1);
