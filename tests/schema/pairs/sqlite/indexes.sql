-- pair: add
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10), (8, NULL);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE INDEX orders_total ON orders (total DESC, id COLLATE NOCASE);

-- pair: change
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, note TEXT);
CREATE INDEX a ON orders (total);
CREATE INDEX b ON orders (total);
CREATE INDEX c ON orders (total) WHERE total > 0;
-- rows
INSERT INTO orders VALUES (3, 10, 'x'), (8, NULL, 'y');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, note TEXT);
CREATE UNIQUE INDEX a ON orders (total);
CREATE INDEX b ON orders (lower(note), total + 1);
CREATE INDEX c ON orders (total) WHERE total > 1 -- the dear ones
;
-- up hazard: fails where orders has rows with the same total

-- pair: rename
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE UNIQUE INDEX a ON orders (total);
-- rows
INSERT INTO orders VALUES (3, 10), (8, NULL);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE UNIQUE INDEX b ON orders (total);

-- pair: in other letters
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE INDEX A ON orders (total);
-- rows
INSERT INTO orders VALUES (3, 10), (8, NULL);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE INDEX a ON orders (total);

-- pair: on a rebuilt table
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, note TEXT);
CREATE UNIQUE INDEX a ON orders (total) WHERE total > 0;
CREATE INDEX b ON orders (total);
CREATE INDEX c ON orders (note);
-- rows
INSERT INTO orders VALUES (3, 10, 'x'), (8, 0, 'y');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL DEFAULT 0, note TEXT);
CREATE UNIQUE INDEX a ON orders (total) WHERE total > 0;
CREATE INDEX b ON orders (note, total) -- both
;
-- up hazard: fails where orders.total is NULL

-- pair: on another table
-- from
CREATE TABLE a (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TABLE b (id INTEGER PRIMARY KEY, total INTEGER);
CREATE INDEX i ON a (total);
-- rows
INSERT INTO a VALUES (3, 10);
-- to
CREATE TABLE a (id INTEGER PRIMARY KEY, total INTEGER);
CREATE TABLE b (id INTEGER PRIMARY KEY, total INTEGER);
CREATE INDEX i ON b (total);

-- pair: a new table gets the name of a rebuilt table's index
-- from
CREATE TABLE t (a INT, b INT);
CREATE INDEX foo ON t (a);
-- rows
INSERT INTO t VALUES (1, 2);
-- to
CREATE TABLE t (a INT, b INT CHECK (b > 0));
CREATE TABLE foo (x INT);
-- up hazard: fails where t has rows that break the check b > 0
-- down hazard: loses the table foo

-- pair: a table takes the name of a rebuilt table's index
-- from
CREATE TABLE t (a INT, b INT);
CREATE INDEX foo ON t (a);
CREATE TABLE bar (x INT);
-- rows
INSERT INTO t VALUES (1, 2);
INSERT INTO bar VALUES (3);
-- rename table: bar = foo
-- to
CREATE TABLE t (a INT, b INT CHECK (b > 0));
CREATE TABLE foo (x INT);
-- up hazard: fails where t has rows that break the check b > 0

-- pair: of JSON
-- from
CREATE TABLE t (a TEXT, b AS (json_extract(a, '$.b')), c TEXT);
-- rows
INSERT INTO t (a) VALUES ('{"b": 1}');
-- to
CREATE TABLE t (a TEXT, b AS (json_extract(a, '$.b')), c TEXT);
CREATE INDEX t_b ON t (b);
CREATE INDEX t_a ON t (json_extract(a, '$.x')) WHERE json_valid(a);
CREATE INDEX t_c ON t (lower(c)) WHERE json_valid(c);
-- up hazard: fails where t has a value that is no JSON
-- up hazard: fails where t has a value that is no JSON

-- pair: of JSON, made again
-- from
CREATE TABLE t (a TEXT, c TEXT);
CREATE INDEX t_a ON t (json_extract(a, '$.x'));
-- rows
INSERT INTO t (a, c) VALUES ('{"b": 1}', '');
-- to
CREATE TABLE t (a TEXT, c TEXT NOT NULL);
CREATE INDEX t_a ON t (json_extract(a, '$.x'));
-- up hazard: fails where t.c is NULL
