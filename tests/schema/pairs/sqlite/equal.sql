-- pair: nothing changes
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES (1, 10), (2, NULL);
-- to
CREATE TABLE orders (total INTEGER, id INTEGER PRIMARY KEY);
