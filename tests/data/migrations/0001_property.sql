INSERT INTO setting (name, value, updated_at) VALUES ('house', '{"hold_minutes":90}', 1790000000000);
INSERT INTO secret (name, value, created_at) VALUES ('tokens', x'00112233', 1790000000000);
INSERT INTO cabin (id, name, capacity, base_price_cents, currency, weekend_permille, created_at, updated_at)
VALUES (1, 'Aromo', 4, 8000000, 'ARS', 1200, 1790000000000, 1790000000000),
       (2, 'Chañar', 6, 11000000, 'ARS', 1000, 1790000000000, 1790000000000);
INSERT INTO season (cabin_id, name, from_day, to_day, price_cents, currency, created_at)
VALUES (1, 'Verano', '2026-12-26', '2027-03-01', 12000000, 'ARS', 1790000000000);
INSERT INTO block (id, cabin_id, from_day, to_day, reason, created_at)
VALUES (1, 2, '2027-02-01', '2027-02-03', 'pintura', 1790000000000);
