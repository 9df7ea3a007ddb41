INSERT INTO recovery_code (user_id, hash) VALUES (1, x'cc');
