-- pair: add
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10), (9, NULL);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, gross INTEGER GENERATED ALWAYS AS (total * 2) VIRTUAL);

-- pair: add some that use each other
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10), (9, NULL);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, b INTEGER AS (a + 1), a INTEGER AS (total + c), c INTEGER);
-- down hazard: loses the column orders.c

-- pair: add a stored one
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10), (9, NULL);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, gross INTEGER GENERATED ALWAYS AS (total * 2) STORED);

-- pair: add NOT NULL
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, gross INTEGER NOT NULL AS (total * 2));
-- up hazard: fails where orders.gross is NULL

-- pair: change
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, gross INTEGER AS (total * 2) STORED);
CREATE INDEX orders_gross ON orders (gross);
-- rows
INSERT INTO orders (id, total) VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, gross INTEGER AS (2 * total) STORED);
CREATE INDEX orders_gross ON orders (gross);

-- pair: becomes a plain column
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, gross INTEGER AS (total * 2));
-- rows
INSERT INTO orders (id, total) VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, gross INTEGER);
-- down hazard: loses the values of orders.gross

-- pair: in a rebuilt table
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, gross INTEGER AS (total * 2) STORED, total INTEGER, less INTEGER AS (gross - 1));
-- rows
INSERT INTO orders (id, total) VALUES (3, 10), (7, 8);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, gross INTEGER AS (total * 2) STORED, total INTEGER CHECK (gross > 1),
                     less INTEGER AS (gross - 1));
-- up hazard: fails where orders has rows that break the check gross > 1

-- pair: a check of a new column
-- from
CREATE TABLE t (a INT);
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE TABLE t (a INT, c INT AS (a * 2) CHECK (c > 0));
-- up hazard: fails where t has rows that break the check c > 0

-- pair: a check and a key of a column that is computed otherwise
-- from
CREATE TABLE t (a INT, c INT AS (a * 2) NOT NULL, d INT AS (c) CHECK (d > 0) UNIQUE);
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE TABLE t (a INT, c INT AS (a / 2 + 1) NOT NULL, d INT AS (c) CHECK (d > 0) UNIQUE);
-- up hazard: fails where t.c is NULL; fails where t has rows that break the check d > 0; fails where t has rows with the same d
-- down hazard: fails where t.c is NULL; fails where t has rows that break the check d > 0; fails where t has rows with the same d

-- pair: of JSON
-- from
CREATE TABLE t (a TEXT);
-- rows
INSERT INTO t VALUES ('{"x": 1}');
-- to
CREATE TABLE t (a TEXT, x INT AS (a ->> 'x') STORED);
-- up hazard: fails where t has a value that is no JSON
