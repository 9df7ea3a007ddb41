-- A recording that lies in the data folder and one that is still to be fetched.
INSERT INTO inbound (source, external_id, conversation_id, kind, event, sent_at, received_at, state, run_at, media_path, media_bytes)
SELECT 'whatsapp', 'recording-1', id, 'audio', '{}', 0, 0, 'listen', 0, 'voice-1.ogg', 14000 FROM conversation LIMIT 1;
INSERT INTO inbound (source, external_id, conversation_id, kind, event, sent_at, received_at, state, run_at)
SELECT 'whatsapp', 'recording-2', id, 'audio', '{}', 0, 0, 'listen', 0 FROM conversation LIMIT 1;
