INSERT INTO guest (id, name, phone, phone_key, created_at, updated_at)
VALUES (1, 'Marta', '5493515550101', '543515550101', 1790000000000, 1790000000000);
INSERT INTO reservation (id, code, cabin_id, guest_id, status, check_in, check_out, guests, channel, quote,
                         total_cents, deposit_cents, currency, expires_at, created_at, updated_at)
VALUES (1, '23456A', 1, 1, 'confirmed', '2027-01-12', '2027-01-14', 2, 'whatsapp',
        '{"lines":[],"total":{"minor":24000000,"currency":"ARS"},"deposit":{"minor":7200000,"currency":"ARS"},"balance":{"minor":16800000,"currency":"ARS"}}',
        24000000, 7200000, 'ARS', 1790003600000, 1790000000000, 1790000000000);
INSERT INTO night (cabin_id, day, reservation_id) VALUES (1, '2027-01-12', 1), (1, '2027-01-13', 1);
INSERT INTO night (cabin_id, day, block_id) VALUES (2, '2027-02-01', 1), (2, '2027-02-02', 1);
