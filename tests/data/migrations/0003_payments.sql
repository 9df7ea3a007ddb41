INSERT INTO checkout (id, reservation_id, reference, amount_cents, currency, state, provider_id, url, expires_at, created_at)
VALUES (1, 1, 'cfeed', 7200000, 'ARS', 'closed', 'pref-1', 'https://pay.example/pref-1', 1790003600000, 1790000000000);
INSERT INTO payment (id, provider, provider_id, reservation_id, checkout_id, status, verdict, amount_cents, currency, created_at, updated_at)
VALUES (1, 'mercadopago', '135000001', 1, 1, 'approved', 'matches', 7200000, 'ARS', 1790000500000, 1790000500000);
INSERT INTO payment_sighting (payment_id, status, refunded_cents, updated, seen_at)
VALUES (1, 'approved', 0, '2026-09-21T10:00:00.000-03:00', 1790000500000);
INSERT INTO ledger (reservation_id, payment_id, amount_cents, currency, created_at)
VALUES (1, 1, 7200000, 'ARS', 1790000500000);
INSERT INTO refund (payment_id, reservation_id, amount_cents, currency, idempotency_key, state, requested_by, created_at, updated_at)
VALUES (1, 1, 100000, 'ARS', 'key-1', 'rejected', 'owner@example.com', 1790000600000, 1790000600000);
