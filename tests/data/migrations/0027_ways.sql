INSERT INTO push_subscription (user_id, session_hash, endpoint, p256dh, auth, created_at)
SELECT id, x'00', 'https://push.example/' || id, 'BP', 'AA', 1796000000000 FROM user LIMIT 1;
INSERT INTO push_message (subscription_id, notice_id, payload, topic, urgent, created_at)
SELECT max(id), (SELECT max(id) FROM notice), '{}', 'notice1', 1, 1796000000000 FROM push_subscription;
INSERT INTO mail (to_address, subject, body, tag, once_key, notice_id, created_at)
SELECT 'ana@example.com', 'Aviso', 'Ana quiere hablar con vos', 't1', '1:mail', max(id), 1796000000000 FROM notice;
UPDATE notice_way SET push_id = (SELECT max(id) FROM push_message), mail_id = (SELECT max(id) FROM mail);
INSERT INTO owner_number (phone_key, code_hash, asked_at) VALUES ('543515550102', x'00', 1796000000000);
