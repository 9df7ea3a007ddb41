INSERT INTO user (id, email, password_hash, created_at) VALUES (1, 'owner@example.com', '$argon2id$x', 1790000000000);
INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at)
VALUES (x'aa', 1, 'csrf', 1790000000000, 1790600000000);
INSERT INTO idempotency (key, request_hash, status, body, created_at, expires_at)
VALUES ('1:k', x'bb', 201, '{}', 1790000000000, 1790170000000);
