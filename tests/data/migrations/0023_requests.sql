-- A guest asked for something and waits for the owner's answer.
INSERT INTO request (kind, conversation_id, reservation_id, attention_id, words, deadline, created_at)
SELECT 'late_check_out', c.id, (SELECT min(id) FROM reservation), (SELECT min(id) FROM attention),
       'podemos salir a las 12?', 1796007200000, 1796000000000 FROM conversation c LIMIT 1;
