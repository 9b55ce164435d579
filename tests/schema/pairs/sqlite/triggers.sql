-- pair: add
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TABLE log (id INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TABLE log (id INTEGER);
CREATE TRIGGER logged AFTER INSERT ON orders BEGIN
  -- what came; and when
  INSERT INTO log VALUES (new.id);
END;

-- pair: change
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TRIGGER touched AFTER UPDATE ON orders BEGIN SELECT 1; END;
-- rows
INSERT INTO orders VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TRIGGER touched AFTER UPDATE OF total ON orders WHEN new.total > 1 BEGIN SELECT 2; SELECT 'a; b'; END;

-- pair: rename
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TRIGGER Touched AFTER UPDATE ON orders BEGIN SELECT 1; END;
-- rows
INSERT INTO orders VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TRIGGER touched AFTER UPDATE ON orders BEGIN SELECT 1; END;

-- pair: on a rebuilt table
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TABLE log (id INTEGER);
CREATE TRIGGER logged AFTER INSERT ON orders BEGIN INSERT INTO log VALUES (new.id); END;
CREATE TRIGGER gone AFTER DELETE ON orders BEGIN UPDATE orders SET total = 0; END;
-- rows
INSERT INTO orders VALUES (3, 10), (5, 6);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL);
CREATE TABLE log (id INTEGER);
CREATE TRIGGER logged AFTER INSERT ON orders BEGIN INSERT INTO log VALUES (new.id); END;
CREATE TRIGGER gone AFTER DELETE ON orders BEGIN UPDATE orders SET total = 0; END;
-- up hazard: fails where orders.total is NULL

-- pair: of another table writes the rebuilt one
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TABLE lines (order_id INTEGER, price INTEGER);
CREATE TRIGGER added AFTER INSERT ON lines BEGIN
  UPDATE orders SET total = total + new.price WHERE id = new.order_id;
END;
-- rows
INSERT INTO orders VALUES (3, 10);
INSERT INTO lines VALUES (3, 5);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL);
CREATE TABLE lines (order_id INTEGER, price INTEGER);
CREATE TRIGGER added AFTER INSERT ON lines BEGIN
  UPDATE orders SET total = total + new.price WHERE id = new.order_id;
END;
-- up hazard: fails where orders.total is NULL

-- pair: of two rebuilt tables write each other
-- from
CREATE TABLE a (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TABLE b (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TRIGGER on_a AFTER INSERT ON a BEGIN INSERT INTO b VALUES (new.id, 1); END;
CREATE TRIGGER on_b AFTER DELETE ON b BEGIN DELETE FROM a WHERE id = old.id; END;
-- rows
INSERT INTO a VALUES (3, 10);
-- to
CREATE TABLE a (id INTEGER PRIMARY KEY, total INTEGER NOT NULL);
CREATE TABLE b (id INTEGER PRIMARY KEY, total INTEGER NOT NULL);
CREATE TRIGGER on_a AFTER INSERT ON a BEGIN INSERT INTO b VALUES (new.id, 1); END;
CREATE TRIGGER on_b AFTER DELETE ON b BEGIN DELETE FROM a WHERE id = old.id; END;
-- up hazard: fails where a.total is NULL
-- up hazard: fails where b.total is NULL

-- pair: goes to another table
-- from
CREATE TABLE a (id INTEGER PRIMARY KEY);
CREATE TABLE b (id INTEGER PRIMARY KEY);
CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;
-- rows
INSERT INTO a VALUES (3);
-- to
CREATE TABLE a (id INTEGER PRIMARY KEY);
CREATE TABLE b (id INTEGER PRIMARY KEY);
CREATE TRIGGER t AFTER INSERT ON b BEGIN SELECT 1; END;
