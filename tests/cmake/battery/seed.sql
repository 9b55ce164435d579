INSERT INTO customer (id, name, mail) VALUES (1, 'Ada', 'ada@example.org');
INSERT INTO purchase (id, customer, placed) VALUES (1, 1, '2026-11-23');
INSERT INTO purchase (id, customer, placed) VALUES (2, 1, '2026-11-24');
