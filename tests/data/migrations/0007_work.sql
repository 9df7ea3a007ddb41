INSERT INTO job (kind, subject, run_at, created_at) VALUES ('reconcile_payment', '135000001', 1790000000000, 1790000000000);
INSERT INTO schedule (name, due_at) VALUES ('sweep_payments', 1790000000000);
INSERT INTO attention (kind, subject, reservation_id, created_at) VALUES ('paid_twice', '1', 1, 1790000000000);
INSERT INTO audit (at, actor, event, reservation_id) VALUES (1790000000000, 'guest', 'held', 1);
