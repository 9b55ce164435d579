-- pair: add a primary key
-- from
CREATE TABLE orders (id INTEGER, total INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10), (8, 20);
-- to
CREATE TABLE orders (id INTEGER, total INTEGER, PRIMARY KEY (id));
-- up hazard: fails where orders.id is no integer; may change values of orders.id: a number instead of NULL; fails where orders has rows with the same id

-- pair: add a primary key of two columns
-- from
CREATE TABLE lines (order_id INTEGER, line INTEGER);
-- rows
INSERT INTO lines VALUES (1, 1), (1, 2);
-- to
CREATE TABLE lines (order_id INTEGER, line INTEGER, CONSTRAINT one_each PRIMARY KEY (order_id, line DESC));
-- up hazard: fails where lines has rows with the same order_id, line DESC

-- pair: add a primary key column
-- from
CREATE TABLE notes (note TEXT);
-- rows
INSERT INTO notes (rowid, note) VALUES (4, 'a'), (2, 'b');
-- to
CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT);
-- down hazard: loses the column notes.id

-- pair: add a primary key column that says NOT NULL
-- from
CREATE TABLE notes (note TEXT);
-- rows
INSERT INTO notes (rowid, note) VALUES (4, 'a'), (2, 'b');
-- to
CREATE TABLE notes (id INTEGER NOT NULL PRIMARY KEY, note TEXT);
-- down hazard: loses the column notes.id

-- pair: drop a primary key
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10), (8, 20);
-- to
CREATE TABLE orders (id INTEGER, total INTEGER);
-- down hazard: fails where orders.id is no integer; may change values of orders.id: a number instead of NULL; fails where orders has rows with the same id

-- pair: change a primary key
-- from
CREATE TABLE lines (order_id INTEGER, line INTEGER, note TEXT, PRIMARY KEY (order_id, line));
-- rows
INSERT INTO lines VALUES (1, 1, 'a'), (2, 2, 'b');
-- to
CREATE TABLE lines (order_id INTEGER, line INTEGER, note TEXT, PRIMARY KEY (line));
-- up hazard: fails where lines.line is no integer; may change values of lines.line: a number instead of NULL; fails where lines has rows with the same line

-- pair: a text as primary key
-- from
CREATE TABLE orders (id TEXT PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES ('a', 10), ('b', 20);
-- to
CREATE TABLE orders (id TEXT, total INTEGER, number INTEGER PRIMARY KEY);
-- down hazard: fails where orders has rows with the same id
-- down hazard: loses the column orders.number

-- pair: rename a primary key
-- from
CREATE TABLE orders (id INTEGER, CONSTRAINT a PRIMARY KEY (id));
-- rows
INSERT INTO orders VALUES (3), (8);
-- to
CREATE TABLE orders (id INTEGER, CONSTRAINT b PRIMARY KEY (id));

-- pair: descending
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY DESC, total INTEGER);
-- rows
INSERT INTO orders VALUES (3, 1), (8, 2);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY DESC, total INTEGER NOT NULL);
-- up hazard: fails where orders.total is NULL

-- pair: begin to count
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10), (8, 20);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total INTEGER);
-- down hazard: loses the AUTOINCREMENT counter of orders

-- pair: count on
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total INTEGER);
CREATE TABLE other (id INTEGER PRIMARY KEY AUTOINCREMENT);
-- rows
INSERT INTO orders VALUES (3, 10), (800, 20);
INSERT INTO other VALUES (7);
DELETE FROM orders WHERE id = 800;
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total TEXT);
CREATE TABLE other (id INTEGER PRIMARY KEY AUTOINCREMENT);
-- up hazard: may change values of orders.total: TEXT instead of INTEGER
-- down hazard: may change values of orders.total: INTEGER instead of TEXT

-- pair: count from nothing
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total INTEGER);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total INTEGER CHECK (total > 0));
-- up hazard: fails where orders has rows that break the check total > 0

-- pair: add a unique constraint
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER, number INTEGER);
-- rows
INSERT INTO orders VALUES (3, 1, 1), (8, 1, 2), (9, NULL, 2);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER, number INTEGER, UNIQUE (customer, number));
-- up hazard: fails where orders has rows with the same customer, number

-- pair: widen a unique constraint
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER UNIQUE, number INTEGER);
-- rows
INSERT INTO orders VALUES (3, 1, 1), (8, 2, 2);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER, number INTEGER, UNIQUE (number, customer));
-- down hazard: fails where orders has rows with the same customer

-- pair: name a unique constraint
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, number INTEGER UNIQUE);
-- rows
INSERT INTO orders VALUES (3, 1), (8, 2);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, number INTEGER CONSTRAINT one_each UNIQUE);

-- pair: a unique constraint that replaces rows
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, number INTEGER, note TEXT);
-- rows
INSERT INTO orders VALUES (3, 1, 'a'), (8, 2, 'b');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, number INTEGER UNIQUE ON CONFLICT REPLACE,
                     note TEXT NOT NULL ON CONFLICT IGNORE);
-- up hazard: fails where orders has rows with the same number; fails where orders.note is NULL

-- pair: one constraint twice
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, number INTEGER UNIQUE, UNIQUE (number));
-- rows
INSERT INTO orders VALUES (3, 1), (8, 2);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, number INTEGER UNIQUE);

-- pair: a column becomes another name of the rowid in spite of its order
-- from
CREATE TABLE orders (id INTEGER, note TEXT);
-- rows
INSERT INTO orders VALUES (5, 'a'), (NULL, 'z');
-- to
CREATE TABLE orders (id INTEGER, note TEXT, PRIMARY KEY (id DESC));
-- up hazard: fails where orders.id is no integer; may change values of orders.id: a number instead of NULL; fails where orders has rows with the same id

-- pair: a key in descending order becomes another name of the rowid
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY DESC, note TEXT);
-- rows
INSERT INTO orders VALUES (5, 'a'), (3, 'z');
-- to
CREATE TABLE orders (id INTEGER, note TEXT, PRIMARY KEY (id DESC));
-- up hazard: fails where orders.id is no integer; may change values of orders.id: a number instead of NULL

-- pair: a unique column of another type
-- from
CREATE TABLE t (a TEXT UNIQUE CHECK (a <> '0'));
-- rows
INSERT INTO t VALUES ('1'), ('2');
-- to
CREATE TABLE t (a INTEGER UNIQUE CHECK (a <> '0'));
-- up hazard: may change values of t.a: INTEGER instead of TEXT; fails where t has rows with the same a; fails where t has rows that break the check a <> '0'
-- down hazard: may change values of t.a: TEXT instead of INTEGER; fails where t has rows with the same a; fails where t has rows that break the check a <> '0'
