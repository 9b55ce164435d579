-- pair: add
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10), (8, NULL);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER CHECK (total > 0));
-- up hazard: fails where orders has rows that break the check total > 0

-- pair: drop
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, CONSTRAINT dear CHECK (total > 0 AND id > 0));
-- rows
INSERT INTO orders VALUES (3, 10), (8, NULL);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- down hazard: fails where orders has rows that break the check total > 0 AND id > 0

-- pair: change
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, state TEXT CHECK (state IN ('new', 'old')));
-- rows
INSERT INTO orders VALUES (3, 'new'), (8, 'old');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, state TEXT CHECK (state IN ('new', 'old', 'gone')));
-- up hazard: fails where orders has rows that break the check state IN ('new', 'old', 'gone')
-- down hazard: fails where orders has rows that break the check state IN ('new', 'old')

-- pair: rename
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER CONSTRAINT a CHECK (total > 0));
-- rows
INSERT INTO orders VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER CONSTRAINT b CHECK (total > 0));

-- pair: one that names its table
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, CHECK (orders.total > 0));
-- rows
INSERT INTO orders VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, CHECK (orders.total > 0), CHECK ("orders"."id" < 100));
-- up hazard: fails where orders has rows that break the check orders.id < 100

-- pair: two alike
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER CHECK (total > 0) CHECK (total > 0));
-- rows
INSERT INTO orders VALUES (3, 10);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER CHECK (total > 0));
