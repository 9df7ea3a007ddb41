UPDATE user SET totp_secret = x'0102030405060708090a', totp_step = 5 WHERE id = 1;
INSERT INTO photo (cabin_id, token, width, height, large, small, created_at)
SELECT id, 'a0', 4, 3, x'ffd8', x'ffd8', 0 FROM cabin LIMIT 1;
INSERT INTO canned (title, body) VALUES ('Cómo llegar', 'Por la ruta 7, a la derecha.');
INSERT INTO pre_check_in (reservation_id, people, updated_at) SELECT id, 'Ana Ruiz, DNI 1', 0 FROM reservation LIMIT 1;
