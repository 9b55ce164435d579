-- pair: begin to be
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, note TEXT);
-- rows
INSERT INTO orders VALUES (3, 10, 'x');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, note TEXT) STRICT;
-- up hazard: fails where a value of orders is not of its column's type

-- pair: change a type
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total TEXT, price INT, other BLOB) STRICT;
-- rows
INSERT INTO orders VALUES (3, NULL, 7, x'00');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, price INTEGER, other ANY) STRICT;
-- up hazard: fails where orders.total is no INTEGER; may change values of orders.total: INTEGER instead of TEXT
-- down hazard: may change values of orders.total: TEXT instead of INTEGER; fails where orders.other is no BLOB

-- pair: add and drop columns
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT) STRICT;
-- rows
INSERT INTO orders VALUES (3, 'x');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL DEFAULT 0) STRICT;
-- up hazard: loses the column orders.note
-- down hazard: loses the column orders.total

-- pair: with a key of text
-- from
CREATE TABLE orders (id TEXT PRIMARY KEY, note TEXT);
-- rows
INSERT INTO orders VALUES ('a', 'x');
-- to
CREATE TABLE orders (id TEXT PRIMARY KEY, note TEXT) STRICT;
-- up hazard: fails where a value of orders is not of its column's type; fails where orders.id is NULL
