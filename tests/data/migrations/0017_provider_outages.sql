-- An account that WhatsApp refuses, and a try that was replaced by another.
INSERT INTO provider_outage (provider, cause, code, since, probe_at) VALUES ('whatsapp', 'token', 'wa_190', 1796000000000, 1796000060000);
INSERT INTO outbound_superseded (external_id, outbound_id) SELECT 'wamid.superseded', min(id) FROM outbound;
INSERT INTO refused_signature VALUES ('mercadopago', 4, 1796000000000, 1796000000000);
