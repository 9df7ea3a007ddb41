INSERT INTO sent_file (conversation_id, mime, filename, bytes, created_at)
SELECT min(id), 'application/pdf', 'mapa.pdf', x'25504446', 1796000000000 FROM conversation;
UPDATE outbound SET about_id = (SELECT min(id) FROM conversation) WHERE id = (SELECT max(id) FROM outbound);
UPDATE attention SET answered_in = (SELECT min(id) FROM conversation) WHERE id = (SELECT max(id) FROM attention);
