-- pair: a column
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER CHECK (total > 0), double AS (total * 2), UNIQUE (total, id));
CREATE INDEX orders_total ON orders (total DESC) WHERE total > 7;
CREATE VIEW big AS SELECT id, total FROM orders;
CREATE TRIGGER touched AFTER UPDATE OF total ON orders WHEN new.total > 1 BEGIN SELECT 1; END;
-- rows
INSERT INTO orders VALUES (3, 10), (5, 20);
-- rename column: orders.total = orders.amount
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER CHECK (amount > 0), double AS (amount * 2),
                     UNIQUE (amount, id));
CREATE INDEX orders_total ON orders (amount DESC) WHERE amount > 7;
CREATE VIEW big AS SELECT id, amount FROM orders;
CREATE TRIGGER touched AFTER UPDATE OF amount ON orders WHEN new.amount > 1 BEGIN SELECT 1; END;

-- pair: a column that others reference
-- from
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT REFERENCES CUSTOMERS(NAME), note TEXT);
-- rows
INSERT INTO customers VALUES (1, 'a');
INSERT INTO orders VALUES (3, 'a', 'x'), (5, NULL, 'y');
-- rename column: customers.name = customers."full name"
-- rename column: orders.customer = orders.whose
-- to
CREATE TABLE customers (id INTEGER PRIMARY KEY, "full name" TEXT UNIQUE);
CREATE TABLE orders (id INTEGER PRIMARY KEY, whose TEXT REFERENCES CUSTOMERS("full name"), note TEXT);

-- pair: a column of a rebuilt table
-- from
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT REFERENCES customers(name));
-- rows
INSERT INTO customers VALUES (1, 'a');
INSERT INTO orders VALUES (3, 'a'), (5, NULL);
-- rename column: customers.name = customers.full_name
-- to
CREATE TABLE customers (id INTEGER PRIMARY KEY, full_name TEXT NOT NULL UNIQUE);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT REFERENCES customers(full_name));
-- up hazard: fails where customers.full_name is NULL

-- pair: two columns change their names
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER CHECK (b > 1));
CREATE VIEW big AS SELECT a, b FROM orders;
-- rows
INSERT INTO orders VALUES (3, 10, 20);
-- rename column: orders.a = orders.b
-- rename column: orders.b = orders.a
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, b INTEGER, a INTEGER CHECK (a > 1));
CREATE VIEW big AS SELECT a, b FROM orders;

-- pair: to the name of a column that goes
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10, 20);
-- rename column: orders.a = orders.b
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, b INTEGER);
-- up hazard: loses the column orders.b

-- pair: to the name of a unique column that goes
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER UNIQUE);
-- rows
INSERT INTO orders VALUES (3, 10, 20);
-- rename column: orders.a = orders.b
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, b INTEGER);
-- up hazard: loses the column orders.b
-- down hazard: fails where orders has rows with the same b

-- pair: a new column has the old name
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, a INTEGER);
-- rows
INSERT INTO orders VALUES (3, 10);
-- rename column: orders.a = orders.b
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, b INTEGER, a INTEGER);
-- down hazard: loses the column orders.a

-- pair: a table
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, parent INTEGER REFERENCES orders ON DELETE CASCADE,
                     total INTEGER, CHECK (orders.total > 0));
CREATE TABLE lines (order_id INTEGER REFERENCES Orders(id), note TEXT);
CREATE INDEX orders_total ON orders (total);
CREATE VIEW big AS SELECT id, total FROM orders;
CREATE VIEW bigger AS SELECT id, total FROM big;
CREATE TRIGGER touched AFTER UPDATE ON orders BEGIN SELECT id FROM orders; END;
CREATE TRIGGER added AFTER INSERT ON lines BEGIN DELETE FROM orders; END;
-- rows
INSERT INTO orders VALUES (3, NULL, 10), (5, 3, 20);
INSERT INTO lines VALUES (3, 'a'), (5, 'b');
-- rename table: orders = invoices
-- to
CREATE TABLE invoices (id INTEGER PRIMARY KEY AUTOINCREMENT, parent INTEGER REFERENCES invoices ON DELETE CASCADE,
                       total INTEGER, CHECK (invoices.total > 0));
CREATE TABLE lines (order_id INTEGER REFERENCES invoices(id), note TEXT);
CREATE INDEX orders_total ON invoices (total);
CREATE VIEW big AS SELECT id, total FROM invoices;
CREATE VIEW bigger AS SELECT id, total FROM big;
CREATE TRIGGER touched AFTER UPDATE ON invoices BEGIN SELECT id FROM invoices; END;
CREATE TRIGGER added AFTER INSERT ON lines BEGIN DELETE FROM invoices; END;

-- pair: a table and its columns
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, note TEXT, state TEXT);
CREATE TABLE lines (order_id INTEGER REFERENCES orders(id), note TEXT);
-- rows
INSERT INTO orders VALUES (3, 10, 'a', 'x'), (5, 20, 'b', 'y');
INSERT INTO lines VALUES (3, 'a'), (5, 'b');
-- rename table: orders = "in.voices"
-- rename column: orders.id = "in.voices".number
-- rename column: orders.total = "in.voices"."select"
-- to
CREATE TABLE "in.voices" (number INTEGER PRIMARY KEY, "select" INTEGER NOT NULL, note TEXT, made TEXT);
CREATE TABLE lines (order_id INTEGER REFERENCES "in.voices"(number), note TEXT);
-- up hazard: fails where "in.voices"."select" is NULL
-- up hazard: loses the column "in.voices".state
-- down hazard: loses the column orders.made

-- pair: two tables change their names
-- from
CREATE TABLE a (id INTEGER PRIMARY KEY, x INTEGER);
CREATE TABLE b (id INTEGER PRIMARY KEY, y INTEGER REFERENCES a);
CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;
CREATE VIEW v AS SELECT id FROM a;
-- rows
INSERT INTO a VALUES (1, 2);
INSERT INTO b VALUES (7, 1);
-- rename table: a = b
-- rename table: b = a
-- to
CREATE TABLE b (id INTEGER PRIMARY KEY, x INTEGER);
CREATE TABLE a (id INTEGER PRIMARY KEY, y INTEGER REFERENCES b);
CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;
CREATE VIEW v AS SELECT id FROM a;

-- pair: to the name of a table that goes
-- from
CREATE TABLE a (id INTEGER PRIMARY KEY, x INTEGER);
CREATE TABLE b (id INTEGER PRIMARY KEY, y INTEGER);
CREATE INDEX i ON b (y);
CREATE TABLE c (b_id INTEGER REFERENCES b);
-- rows
INSERT INTO a VALUES (1, 2);
INSERT INTO b VALUES (1, 1);
-- rename table: a = b
-- to
CREATE TABLE b (id INTEGER PRIMARY KEY, x INTEGER);
CREATE TABLE c (b_id INTEGER REFERENCES b);
-- up hazard: loses the table b
-- up hazard: fails where c (b_id) has no match in b
-- down hazard: fails where c (b_id) has no match in b

-- pair: a new table has the old name
-- from
CREATE TABLE a (id INTEGER PRIMARY KEY, x INTEGER);
CREATE TABLE c (a_id INTEGER REFERENCES a);
CREATE VIEW v AS SELECT id FROM a;
-- rows
INSERT INTO a VALUES (1, 2);
-- rename table: a = b
-- to
CREATE TABLE b (id INTEGER PRIMARY KEY, x INTEGER);
CREATE TABLE a (id INTEGER PRIMARY KEY, y INTEGER);
CREATE TABLE c (a_id INTEGER REFERENCES a);
CREATE VIEW v AS SELECT id FROM a;
-- up hazard: fails where c (a_id) has no match in a
-- down hazard: loses the table a
-- down hazard: fails where c (a_id) has no match in a

-- pair: nobody says so, but only letters differ
-- from
CREATE TABLE Orders (Id INTEGER PRIMARY KEY, Total INTEGER);
CREATE VIEW big AS SELECT id FROM orders;
-- rows
INSERT INTO Orders VALUES (1, 2);
-- to
CREATE TABLE ORDERS (id INTEGER PRIMARY KEY, total INTEGER NOT NULL);
CREATE VIEW big AS SELECT id FROM orders;
-- up hazard: fails where ORDERS.total is NULL
