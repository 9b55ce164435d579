-- pair: add
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE VIEW big AS SELECT id FROM bigger -- not yet there
;
CREATE VIEW bigger AS SELECT id, total FROM orders WHERE total > 10;

-- pair: change
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE VIEW big AS SELECT id, total FROM orders WHERE total > 10;
CREATE VIEW big_ids AS SELECT id FROM big;
CREATE TRIGGER gone INSTEAD OF DELETE ON big BEGIN DELETE FROM orders WHERE id = old.id; END;
-- rows
INSERT INTO orders VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE VIEW big (id, total) AS SELECT id, total FROM orders WHERE total > 100;
CREATE VIEW big_ids AS SELECT id FROM big;
CREATE TRIGGER gone INSTEAD OF DELETE ON big BEGIN DELETE FROM orders WHERE id = old.id; END;

-- pair: rename
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE VIEW Big AS SELECT id, total FROM orders;
CREATE VIEW other AS SELECT id, total FROM orders;
-- rows
INSERT INTO orders VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE VIEW big AS SELECT id, total FROM orders;
CREATE VIEW another AS SELECT id, total FROM orders;

-- pair: on a rebuilt table
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TABLE other (id INTEGER PRIMARY KEY);
CREATE VIEW big AS SELECT id, total FROM orders WHERE total > 10;
CREATE VIEW big_ids AS WITH found AS (SELECT id FROM "BIG") SELECT id FROM found;
CREATE VIEW in_a_string AS SELECT id FROM 'orders';
CREATE VIEW not_of_it AS SELECT id FROM other;
CREATE TRIGGER on_big INSTEAD OF DELETE ON big BEGIN DELETE FROM orders WHERE id = old.id; END;
CREATE TRIGGER on_other AFTER DELETE ON other BEGIN DELETE FROM big_ids WHERE id = old.id; END;
CREATE TRIGGER on_big_ids INSTEAD OF DELETE ON big_ids BEGIN DELETE FROM big WHERE id = old.id; END;
-- rows
INSERT INTO orders VALUES (3, 10), (9, 90);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL);
CREATE TABLE other (id INTEGER PRIMARY KEY);
CREATE VIEW big AS SELECT id, total FROM orders WHERE total > 10;
CREATE VIEW big_ids AS WITH found AS (SELECT id FROM "BIG") SELECT id FROM found;
CREATE VIEW in_a_string AS SELECT id FROM 'orders';
CREATE VIEW not_of_it AS SELECT id FROM other;
CREATE TRIGGER on_big INSTEAD OF DELETE ON big BEGIN DELETE FROM orders WHERE id = old.id; END;
CREATE TRIGGER on_other AFTER DELETE ON other BEGIN DELETE FROM big_ids WHERE id = old.id; END;
CREATE TRIGGER on_big_ids INSTEAD OF DELETE ON big_ids BEGIN DELETE FROM big WHERE id = old.id; END;
-- up hazard: fails where orders.total is NULL

-- pair: one changes while a table is rebuilt
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TABLE other (id INTEGER PRIMARY KEY);
CREATE VIEW base AS SELECT id FROM other;
CREATE VIEW derived AS SELECT id FROM base;
-- rows
INSERT INTO orders VALUES (3, 10), (9, 90);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL);
CREATE TABLE other (id INTEGER PRIMARY KEY);
CREATE VIEW base AS SELECT id FROM other WHERE id > 0;
CREATE VIEW derived AS SELECT id FROM base;
-- up hazard: fails where orders.total is NULL

-- pair: a view becomes a table
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE VIEW big AS SELECT id, total FROM orders;
CREATE VIEW biggest AS SELECT id, total FROM big;
-- rows
INSERT INTO orders VALUES (3, 10), (9, 90);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total TEXT);
CREATE TABLE big (id INTEGER PRIMARY KEY, total INTEGER);
CREATE VIEW biggest AS SELECT id, total FROM big;
-- up hazard: may change values of orders.total: TEXT instead of INTEGER
-- down hazard: loses the table big
-- down hazard: may change values of orders.total: INTEGER instead of TEXT
