-- pair: nothing changes
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
-- rows
INSERT INTO orders VALUES (1, 10), (2, NULL);
-- to
CREATE TABLE orders (total INTEGER, id INTEGER PRIMARY KEY);

-- pair: add
-- from
CREATE TABLE customers (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO customers VALUES (1);
-- to
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers);
CREATE INDEX orders_customer ON orders (customer_id);
-- down hazard: loses the table orders

-- pair: add several that reference each other
-- from
CREATE TABLE a (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id INTEGER PRIMARY KEY);
CREATE TABLE b (id INTEGER PRIMARY KEY, c_id INTEGER REFERENCES c(id));
CREATE TABLE c (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b(id));
-- down hazard: loses the table b
-- down hazard: loses the table c

-- pair: drop
-- from
CREATE TABLE kept (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER);
CREATE INDEX orders_total ON orders (total);
CREATE VIEW big AS SELECT id FROM orders WHERE total > 10;
CREATE TRIGGER touched AFTER UPDATE ON orders BEGIN DELETE FROM kept; END;
-- rows
INSERT INTO kept VALUES (1);
INSERT INTO orders VALUES (1, 10);
-- to
CREATE TABLE kept (id INTEGER PRIMARY KEY);
-- up hazard: loses the table orders

-- pair: drop two that reference each other
-- from
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b);
CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a);
-- rows
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (1, 1);
-- to
-- up hazard: loses the table a
-- up hazard: loses the table b

-- pair: a table becomes a view
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY);
CREATE TABLE big (id INTEGER);
-- rows
INSERT INTO orders VALUES (1);
INSERT INTO big VALUES (1);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY);
CREATE VIEW big AS SELECT id FROM orders;
-- up hazard: loses the table big

-- pair: in other letters
-- from
CREATE TABLE Orders (Id INTEGER PRIMARY KEY, Total INTEGER CHECK (TOTAL > 0));
CREATE TABLE lines (order_id INTEGER REFERENCES Orders(Id));
CREATE INDEX Orders_Total ON ORDERS (TOTAL);
CREATE VIEW big AS SELECT id FROM ORDERS;
-- rows
INSERT INTO Orders VALUES (1, 10), (5, 20);
INSERT INTO lines VALUES (1), (5);
-- rename table: Orders = orders
-- rename column: Orders.Id = orders.id
-- rename column: Orders.Total = orders.total
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER CHECK (total > 0));
CREATE TABLE lines (order_id INTEGER REFERENCES orders(id));
CREATE INDEX orders_total ON orders (total);
CREATE VIEW big AS SELECT id FROM ORDERS;

-- pair: with comments
-- from
CREATE TABLE orders (
  id INTEGER PRIMARY KEY, -- the number
  note TEXT -- what
);
-- rows
INSERT INTO orders VALUES (1, 'a');
-- to
/* all of them */
CREATE TABLE orders (
  id INTEGER PRIMARY KEY, -- the number; and more, with a (
  note TEXT NOT NULL /* what, and why */, -- last
  total INTEGER -- in cents
  -- nothing behind it
) -- end
;
CREATE TABLE IF NOT EXISTS lines ( -- those of orders
  id INTEGER PRIMARY KEY -- the number
);
-- up hazard: fails where orders.note is NULL
-- down hazard: loses the table lines
-- down hazard: loses the column orders.total

-- pair: quoted names
-- from
CREATE TABLE "odd.name" ("the ""id""" INTEGER PRIMARY KEY, "select" TEXT, [a b] INTEGER, `group` INTEGER);
CREATE INDEX "odd index.1" ON "odd.name" ("select", [a b]);
CREATE TABLE "order" (id INTEGER PRIMARY KEY, odd INTEGER REFERENCES "odd.name"("the ""id"""));
-- rows
INSERT INTO "odd.name" VALUES (1, 'x', 2, 3), (9, 'y', NULL, NULL);
INSERT INTO "order" VALUES (4, 9);
-- to
CREATE TABLE "odd.name" ("the ""id""" INTEGER PRIMARY KEY, "select" TEXT NOT NULL, [a b] INTEGER,
                         "two words" TEXT DEFAULT 'it''s');
CREATE INDEX "odd index.1" ON "odd.name" ("select", [a b]);
CREATE TABLE "order" (id INTEGER PRIMARY KEY, odd INTEGER REFERENCES "odd.name"("the ""id"""), "from" TEXT);
CREATE VIEW "where" AS SELECT "select" AS "and" FROM "odd.name";
-- up hazard: fails where "odd.name"."select" is NULL
-- up hazard: loses the column "odd.name"."group"
-- down hazard: loses the column "order"."from"
-- down hazard: loses the column "odd.name"."two words"

-- pair: the name of the new table is taken
-- from
CREATE TABLE orders (id INTEGER PRIMARY KEY, total TEXT);
CREATE TABLE new_orders (id INTEGER PRIMARY KEY);
CREATE VIEW new_orders_2 AS SELECT 1 AS one;
-- rows
INSERT INTO orders VALUES (1, '10');
INSERT INTO new_orders VALUES (2);
-- to
CREATE TABLE orders (id INTEGER PRIMARY KEY, total TEXT NOT NULL);
CREATE TABLE new_orders (id INTEGER PRIMARY KEY);
CREATE VIEW new_orders_2 AS SELECT 1 AS one;
-- up hazard: fails where orders.total is NULL
