INSERT INTO conversation (id, guest_id, last_inbound_at, last_activity_at, created_at)
VALUES (1, 1, 1790000000000, 1790000000000, 1790000000000);
INSERT INTO hook (source, body, received_at) VALUES ('whatsapp', x'7b7d', 1790000000000);
INSERT INTO inbound (id, source, external_id, conversation_id, kind, event, body, sent_at, received_at, state, run_at)
VALUES (1, 'whatsapp', 'wamid.A', 1, 'text', '{}', 'hola', 1790000000000, 1790000000000, 'done', 1790000000000);
INSERT INTO outbound (conversation_id, answers_id, kind, message, body, tag, state, run_at, created_at)
VALUES (1, 1, 'text', '{"kind":"text","body":"¡Hola!"}', '¡Hola!', 'tag-1', 'read', 1790000000000, 1790000000000);
INSERT INTO tap (token, conversation_id, meaning, expires_at) VALUES ('t1', 1, '{"tap":"person"}', 1790600000000);
INSERT INTO waiting (conversation_id, check_in, check_out, guests, created_at)
VALUES (1, '2027-02-10', '2027-02-14', 2, 1790000000000);
