-- pair: add
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO orders VALUES (1), (7);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);
-- down hazard: loses the column orders.note

-- pair: add in the middle
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, CHECK (total > 0));
-- rows
INSERT INTO orders VALUES (1, 5);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT COLLATE NOCASE, state TEXT NOT NULL DEFAULT 'new', total INTEGER,
                     CHECK (total > 0));
-- down hazard: loses the column orders.note
-- down hazard: loses the column orders.state

-- pair: add NOT NULL with a default
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO orders VALUES (1);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL DEFAULT -1);
-- down hazard: loses the column orders.total

-- pair: add NOT NULL without a default
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL);
-- up hazard: fails where orders has rows: the new column orders.total is NOT NULL and has no default
-- down hazard: loses the column orders.total

-- pair: add with an expression as default
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO orders VALUES (3);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, made TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, later TEXT DEFAULT (1 + 1));
-- down hazard: loses the column orders.made
-- down hazard: loses the column orders.later

-- pair: add with a value in parentheses as default
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO orders VALUES (3);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, a INTEGER DEFAULT (7), b BLOB DEFAULT x'00ff', c DEFAULT TRUE,
                     d DEFAULT +1.5e3, e DEFAULT "text", f DEFAULT word);
-- down hazard: loses the column orders.a
-- down hazard: loses the column orders.b
-- down hazard: loses the column orders.c
-- down hazard: loses the column orders.d
-- down hazard: loses the column orders.e
-- down hazard: loses the column orders.f

-- pair: add with a unique constraint
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO orders VALUES (3), (4);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, number TEXT UNIQUE);
-- up hazard: fails where orders has rows with the same number
-- down hazard: loses the column orders.number

-- pair: add with a check
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO orders VALUES (3), (4);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, state TEXT DEFAULT 'new' CHECK (state IN ('new', 'old')),
                     total INTEGER DEFAULT 9 CHECK (total > id));
-- up hazard: fails where orders has rows that break the check total > id
-- down hazard: loses the column orders.state
-- down hazard: loses the column orders.total

-- pair: drop one that a view and a trigger and an index had
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, note TEXT);
CREATE INDEX orders_note ON orders (note);
CREATE VIEW noted AS SELECT id, note FROM orders;
CREATE VIEW twice AS SELECT id FROM noted;
CREATE TRIGGER touched AFTER UPDATE OF note ON orders BEGIN UPDATE orders SET note = 'a' WHERE id = new.id; END;
-- rows
INSERT INTO orders VALUES (1, 2, 'x');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE VIEW noted AS SELECT id FROM orders;
CREATE VIEW twice AS SELECT id FROM noted;
-- up hazard: loses the column orders.note

-- pair: drop the first of them
-- from
CREATE TABLE orders (note TEXT, total INTEGER);
-- rows
INSERT INTO orders (rowid, note, total) VALUES (4, 'x', 1), (9, 'y', 2);
-- to
CREATE TABLE orders (total INTEGER);
-- up hazard: loses the column orders.note

-- pair: drop with constraints of its own
-- from
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, state TEXT CHECK (state <> ''), customer_id INTEGER REFERENCES customers,
                     number TEXT UNIQUE);
-- rows
INSERT INTO customers VALUES (1);
INSERT INTO orders VALUES (1, 'new', 1, 'A1');
-- to
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, number TEXT UNIQUE);
-- up hazard: loses the column orders.state
-- up hazard: loses the column orders.customer_id

-- pair: drop a unique one
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, number TEXT UNIQUE);
-- rows
INSERT INTO orders VALUES (1, 'A1');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- up hazard: loses the column orders.number
-- down hazard: fails where orders has rows with the same number

-- pair: replace all
-- from
CREATE TABLE orders (a INTEGER, b INTEGER);
-- rows
INSERT INTO orders (rowid, a, b) VALUES (3, 1, 2), (8, 3, 4);
-- to
CREATE TABLE orders (c INTEGER, d INTEGER);
-- up hazard: loses the column orders.a; loses the column orders.b
-- down hazard: loses the column orders.c; loses the column orders.d

-- pair: change NOT NULL
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, note TEXT NOT NULL);
-- rows
INSERT INTO orders VALUES (1, 5, 'x'), (8, 6, 'y');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL, note TEXT);
-- up hazard: fails where orders.total is NULL
-- down hazard: fails where orders.note is NULL

-- pair: change a type of the same kind
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR(10), total INT);
-- rows
INSERT INTO orders VALUES (1, '007', 9);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT, total DECIMAL(10, 2));

-- pair: change a type of another kind
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, note TEXT, other BLOB);
-- rows
INSERT INTO orders VALUES (1, 5, 'x', 1);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total TEXT, note, other REAL);
-- up hazard: may change values of orders.total: TEXT instead of INTEGER; may change values of orders.other: REAL instead of BLOB
-- down hazard: may change values of orders.total: INTEGER instead of TEXT; may change values of orders.note: TEXT instead of no type

-- pair: change a default
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER DEFAULT 1, made TEXT);
-- rows
INSERT INTO orders (id) VALUES (1), (2);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER DEFAULT (abs(-2)), made TEXT DEFAULT CURRENT_DATE);

-- pair: change a collation
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, number TEXT UNIQUE, note TEXT);
-- rows
INSERT INTO orders VALUES (1, 'a', 'x'), (2, 'b', 'X');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, number TEXT COLLATE NOCASE UNIQUE, note TEXT COLLATE RTRIM);
-- up hazard: fails where orders has rows with the same number
-- down hazard: fails where orders has rows with the same number

-- pair: named like the rowid
-- from
CREATE TABLE orders (rowid TEXT, oid INTEGER, note TEXT);
-- rows
INSERT INTO orders (_rowid_, rowid, oid, note) VALUES (5, 'a', 1, 'x'), (9, 'b', 2, 'y');
-- to
CREATE TABLE orders (rowid TEXT, oid INTEGER NOT NULL, note TEXT);
-- up hazard: fails where orders.oid is NULL

-- pair: named like all names of the rowid
-- from
CREATE TABLE orders (rowid TEXT, oid INTEGER, _rowid_ TEXT);
-- rows
INSERT INTO orders VALUES ('a', 1, 'x'), ('b', 2, 'y');
-- to
CREATE TABLE orders (rowid TEXT, oid INTEGER NOT NULL, _rowid_ TEXT);
-- up hazard: fails where orders.oid is NULL

-- pair: many
-- from
CREATE TABLE measurements (id INTEGER PRIMARY KEY, temperature_inside REAL, temperature_outside REAL, humidity_inside REAL,
  humidity_outside REAL, pressure_inside REAL, pressure_outside REAL, wind_direction INTEGER, wind_speed INTEGER);
-- rows
INSERT INTO measurements VALUES (1, 2, 3, 4, 5, 6, 7, 8, 9), (2, 3, 4, 5, 6, 7, 8, 9, NULL);
-- to
CREATE TABLE measurements (id INTEGER PRIMARY KEY, temperature_inside REAL NOT NULL, temperature_outside REAL,
  humidity_inside REAL, humidity_outside REAL, pressure_inside REAL, pressure_outside REAL, wind_direction INTEGER,
  wind_speed INTEGER);
-- up hazard: fails where measurements.temperature_inside is NULL

-- pair: drop one while others have strings in double quotes
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, state TEXT DEFAULT "new" CHECK (state <> ""));
CREATE VIEW fresh AS SELECT "id", "a word" AS "the word" FROM orders WHERE state = "new";
CREATE VIEW ids AS SELECT "id" FROM "orders";
CREATE TRIGGER touched AFTER INSERT ON orders BEGIN UPDATE orders SET state = "touched"; END;
CREATE TRIGGER gone AFTER DELETE ON orders BEGIN UPDATE orders SET state = 'gone'; END;
-- rows
INSERT INTO orders VALUES (1, 2, 'x');
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, state TEXT DEFAULT "new" CHECK (state <> ""));
CREATE VIEW fresh AS SELECT "id", "a word" AS "the word" FROM orders WHERE state = "new";
CREATE VIEW ids AS SELECT "id" FROM "orders";
CREATE TRIGGER touched AFTER INSERT ON orders BEGIN UPDATE orders SET state = "touched"; END;
CREATE TRIGGER gone AFTER DELETE ON orders BEGIN UPDATE orders SET state = 'gone'; END;
-- up hazard: loses the column orders.total
