-- The owner was told of an open item and has not seen it.
INSERT INTO notice (kind, attention_id, urgent, words, body, created_at, next_at)
SELECT 'wants_a_person', min(id), 0, 'hola', 'Ana quiere hablar con vos', 1796000000000, 1796001800000 FROM attention;
INSERT INTO notice_way (notice_id, way, outbound_id, told_at)
SELECT (SELECT max(id) FROM notice), 'whatsapp', min(id), 1796000000000 FROM outbound;
