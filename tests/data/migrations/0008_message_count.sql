-- A month whose messages are counted: one that was accepted and one that is still to be sent.
INSERT INTO outbound (conversation_id, kind, message, body, tag, state, run_at, billable, category, created_at, sent_at)
SELECT id, 'template', '{"kind":"template","name":"casero_aviso","language":"es_AR","parameters":[]}', 'casero_aviso',
       'count-1', 'delivered', 0, 1, 'utility', 0, 0 FROM conversation LIMIT 1;
INSERT INTO outbound (conversation_id, kind, message, body, tag, run_at, created_at)
SELECT id, 'text', '{"kind":"text","body":"Hola"}', 'Hola', 'count-2', 0, 0 FROM conversation LIMIT 1;
