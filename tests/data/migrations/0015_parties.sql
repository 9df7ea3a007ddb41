-- Two adults, two children and a dog; and who waits with a baby.
INSERT INTO reservation (id, code, cabin_id, guest_id, status, check_in, check_out, guests, children, pets, channel,
                         quote, total_cents, deposit_cents, currency, expires_at, created_at, updated_at)
VALUES (2, '23457B', 1, 1, 'confirmed', '2027-03-12', '2027-03-13', 4, '[3,9]', 1, 'web',
        '{"lines":[{"kind":"night","amount":{"minor":12000000,"currency":"ARS"},"date":"2027-03-12","season":null,"weekend":false},{"kind":"pet","amount":{"minor":500000,"currency":"ARS"}}],"total":{"minor":12500000,"currency":"ARS"},"deposit":{"minor":3750000,"currency":"ARS"},"balance":{"minor":8750000,"currency":"ARS"}}',
        12500000, 3750000, 'ARS', 1796003600000, 1796000000000, 1796000000000);
INSERT INTO waiting (conversation_id, check_in, check_out, guests, children, created_at)
VALUES (1, '2027-03-10', '2027-03-14', 3, '[0]', 1796000000000);
