-- A guest whom WhatsApp reaches under another id, and a hold of the public form.
UPDATE guest SET phone_used = '5493515550909' WHERE id = (SELECT min(id) FROM guest);
INSERT INTO web_hold (reservation_id, address) SELECT min(id), x'00ff' FROM reservation;
