-- A channel that stopped reading twice; the first silence was put aside.
INSERT INTO attention (kind, subject, created_at, resolved_at, resolved_by, resolution)
VALUES ('channel_not_reading', '1', 1796000000000, 1796003600000, 'owner', 'done'),
       ('channel_not_reading', '1', 1796100000000, NULL, NULL, NULL);
