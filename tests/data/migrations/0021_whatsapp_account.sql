INSERT INTO whatsapp_account (id, business_account_id, number, status, subscribed, checked_at, templates_at)
VALUES (1, '204400000000017', '+54 9 388 555 0100', 'connected', 1, 1796000000000, 1796000000000);
INSERT INTO whatsapp_template VALUES ('casero_aviso', 'es_AR', 'approved', '', 1796000000000);
UPDATE outbound SET purpose = 'booking';
