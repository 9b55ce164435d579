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
