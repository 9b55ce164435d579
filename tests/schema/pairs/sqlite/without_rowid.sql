-- pair: lose the rowid
-- from
CREATE TABLE orders (id TEXT PRIMARY KEY, note TEXT);
-- rows
INSERT INTO orders VALUES ('a', 'x'), ('b', 'y');
-- to
CREATE TABLE orders (id TEXT PRIMARY KEY, note TEXT) WITHOUT ROWID;
-- up hazard: fails where orders.id is NULL
-- up hazard: loses the rowids of orders

-- pair: with a number as key
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);
-- rows
INSERT INTO orders VALUES (4, 'x'), (9, 'y');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT) WITHOUT ROWID;
-- down hazard: fails where orders.id is no integer

-- pair: change
-- from
CREATE TABLE orders (a INTEGER, b INTEGER, note TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
-- rows
INSERT INTO orders VALUES (1, 2, 'x'), (1, 3, 'y');
-- to
CREATE TABLE orders (a INTEGER, b INTEGER, note TEXT, PRIMARY KEY (b)) STRICT, WITHOUT ROWID;
-- up hazard: fails where a value of orders is not of its column's type; fails where orders has rows with the same b
-- down hazard: fails where orders.a is NULL

-- pair: add and drop columns
-- from
CREATE TABLE orders (id TEXT PRIMARY KEY, note TEXT) WITHOUT ROWID;
-- rows
INSERT INTO orders VALUES ('a', 'x'), ('b', 'y');
-- to
CREATE TABLE orders (id TEXT PRIMARY KEY, total INTEGER) WITHOUT ROWID;
-- up hazard: loses the column orders.note
-- down hazard: loses the column orders.total
