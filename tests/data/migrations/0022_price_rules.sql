-- Cleaning for everybody, a code that was used once, and a season with terms of its own.
INSERT INTO price_rule (terms, created_at, updated_at) VALUES
    ('{"kind":"cleaning","name":"Limpieza","cabin_ids":null,"amount":{"amount_cents":1500000},"per":"stay","from_guests":null,"age_under":null,"min_nights":null,"max_nights":null,"days_before_min":null,"days_before_max":null,"pay_with":null,"promo_code":null,"uses_max":null,"from":null,"to":null,"arrival_days":[],"departure_days":[],"optional":false,"active":true}', 1796000000000, 1796000000000),
    ('{"kind":"discount","name":"Amigos","cabin_ids":[1],"amount":{"percent":1050},"per":"stay","from_guests":null,"age_under":null,"min_nights":null,"max_nights":null,"days_before_min":null,"days_before_max":null,"pay_with":null,"promo_code":"AMIGOS","uses_max":5,"from":null,"to":null,"arrival_days":[],"departure_days":["sun"],"optional":false,"active":true}', 1796000000000, 1796000000000);
UPDATE reservation SET terms = '{"promo_code":"AMIGOS","pay_with":"cash"}' WHERE id = 2;
UPDATE season SET departure_days = 64, deposit = '{"percent":50}', gap = '{"percent":120}' WHERE id = 1;
UPDATE cabin SET babies_max = 1, pets_max = 2 WHERE id = 1;
INSERT INTO rate_change (made_at, made_by, edits) VALUES (1796000000000, 'owner', '{"bases":[],"changed":[],"added":[]}');
