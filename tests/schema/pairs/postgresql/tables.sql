-- pair: create and drop
-- from
CREATE TABLE customer (id int PRIMARY KEY);
-- rows
INSERT INTO customer VALUES (1), (2);
-- to
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number serial UNIQUE,
  customer_id int NOT NULL REFERENCES customer ON DELETE CASCADE,
  state text COLLATE "C" DEFAULT 'new' NOT NULL,
  total numeric(10, 2) CHECK (total > 0),
  gross numeric GENERATED ALWAYS AS (total * 1.2) STORED);
CREATE INDEX orders_state ON orders (state) WHERE state <> 'done';
COMMENT ON TABLE orders IS 'what people want';
COMMENT ON COLUMN orders.state IS 'how far it''s got';
-- down hazard: loses the table orders

-- pair: rename
-- rename table: orders = bills
-- from
CREATE TABLE orders (id int PRIMARY KEY, total int CHECK (total > 0));
CREATE INDEX by_total ON orders (total);
CREATE TABLE item (order_id int REFERENCES orders);
CREATE VIEW big AS SELECT orders.id FROM orders WHERE orders.total > 5;
CREATE FUNCTION count_orders() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM orders';
-- rows
INSERT INTO orders VALUES (1, 5), (2, 6);
INSERT INTO item VALUES (1), (NULL);
-- to
CREATE TABLE bills (id int PRIMARY KEY, total int CHECK (total > 0));
CREATE INDEX by_total ON bills (total);
CREATE TABLE item (order_id int REFERENCES bills);
CREATE VIEW big AS SELECT bills.id FROM bills WHERE bills.total > 5;
CREATE FUNCTION count_orders() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM bills';

-- pair: rename with a serial column
-- rename table: orders = bills
-- from
CREATE TABLE orders (id serial PRIMARY KEY, a text);
-- rows
INSERT INTO orders (a) VALUES ('x'), ('y');
-- to
CREATE TABLE bills (id serial PRIMARY KEY, a text, b int);
-- down hazard: loses the column orders.b

-- pair: into another schema
-- rename table: orders = sales.orders
-- from
CREATE SCHEMA sales;
CREATE TABLE orders (id int PRIMARY KEY);
-- rows
INSERT INTO orders VALUES (7);
-- to
CREATE SCHEMA sales;
CREATE TABLE sales.orders (id int PRIMARY KEY);

-- pair: settings
-- from
CREATE TABLE orders (id int PRIMARY KEY, a text);
CREATE INDEX by_a ON orders (a);
-- rows
INSERT INTO orders VALUES (1, 'a');
-- to
CREATE UNLOGGED TABLE orders (id int PRIMARY KEY, a text) WITH (fillfactor = 70, autovacuum_enabled = off);
CREATE INDEX by_a ON orders (a);
ALTER TABLE orders CLUSTER ON by_a;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, REPLICA IDENTITY FULL;
COMMENT ON TABLE orders IS 'unlogged';

-- pair: replica identity by an index
-- from
CREATE TABLE orders (id int NOT NULL, b int NOT NULL);
CREATE UNIQUE INDEX by_id ON orders (id);
-- rows
INSERT INTO orders VALUES (1, 2);
-- to
CREATE TABLE orders (id int NOT NULL, b int NOT NULL);
CREATE UNIQUE INDEX by_id ON orders (id);
CREATE UNIQUE INDEX by_b ON orders (b);
ALTER TABLE orders REPLICA IDENTITY USING INDEX by_b;
-- up hazard: fails where two rows of orders have the same b

-- pair: quoted names
-- from
CREATE SCHEMA "My.App";
CREATE TABLE "My.App"."Or""der" ("I.d" int PRIMARY KEY);
-- rows
INSERT INTO "My.App"."Or""der" VALUES (1);
-- to
CREATE SCHEMA "My.App";
CREATE TABLE "My.App"."Or""der" ("I.d" int PRIMARY KEY, "select" text DEFAULT 'a, ''b''' NOT NULL CHECK ("select" <> 'x'));
CREATE INDEX "by, (name)" ON "My.App"."Or""der" ("select");
COMMENT ON COLUMN "My.App"."Or""der"."select" IS 'a; b';
-- up hazard: fails where a row of "My.App"."Or""der" breaks CHECK (("select" <> 'x'::text))
-- down hazard: loses the column "My.App"."Or""der"."select"

-- pair: schemas
-- from
-- rows
-- to
CREATE SCHEMA audit;
COMMENT ON SCHEMA audit IS 'who did it';
CREATE SCHEMA other;
CREATE TABLE audit.log (id int, what text);
CREATE VIEW other.seen AS SELECT what FROM audit.log;
-- down hazard: loses the table audit.log

-- pair: a view becomes a table
-- from
CREATE TABLE a (id int);
CREATE VIEW b AS SELECT id FROM a;
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id int);
CREATE TABLE b (id int);
-- down hazard: loses the table b

-- pair: tables that refer to each other
-- from
-- rows
-- to
CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
CREATE TABLE c (id int PRIMARY KEY, parent int REFERENCES c, a int REFERENCES a);
-- down hazard: loses the table b
-- down hazard: loses the table c
-- down hazard: loses the table a

-- pair: of a type
-- from
CREATE TYPE pair AS (a int, b text);
CREATE TABLE orders (a int, b text);
-- rows
INSERT INTO orders VALUES (1, 'x');
-- to
CREATE TYPE pair AS (a int, b text);
CREATE TABLE orders OF pair;
CREATE TABLE others OF pair (a NOT NULL, PRIMARY KEY (a));
-- down hazard: loses the table others

-- pair: options of the TOAST table
-- from
CREATE TABLE a (x text) WITH (toast.autovacuum_enabled = off);
CREATE TABLE b (x text);
-- rows
INSERT INTO a VALUES ('x');
-- to
CREATE TABLE a (x text);
CREATE TABLE b (x text) WITH (fillfactor = 50, toast.autovacuum_vacuum_threshold = 7);

-- pair: a view takes the name of a renamed table
-- rename table: t = t_base
-- from
CREATE TABLE t (id int PRIMARY KEY, a int);
-- rows
INSERT INTO t VALUES (1, 2);
-- to
CREATE TABLE t_base (id int, a int, CONSTRAINT t_pkey PRIMARY KEY (id));
CREATE VIEW t AS SELECT id FROM t_base;

-- pair: a new table and a new column take names of renamed ones
-- rename table: t = u
-- rename column: t.a = u.b
-- from
CREATE TABLE t (id int, a int);
-- rows
INSERT INTO t VALUES (1, 2);
-- to
CREATE TABLE u (id int, b int, a int);
CREATE TABLE t (x int);
CREATE VIEW v AS SELECT u.a, t.x FROM u, t;
-- down hazard: loses the column t.a_old
-- down hazard: loses the table t_old

-- pair: moves into another schema with all it has
-- rename table: moved = s2.moved
-- from
CREATE TABLE moved (id serial PRIMARY KEY, k int UNIQUE);
CREATE INDEX mi ON moved (k);
CREATE VIEW v AS SELECT id FROM moved;
-- rows
INSERT INTO moved (k) VALUES (5), (6);
-- to
CREATE SCHEMA s2;
CREATE TABLE s2.moved (id serial PRIMARY KEY, k int UNIQUE);
CREATE INDEX mi ON s2.moved (k);
CREATE VIEW v AS SELECT id FROM s2.moved;
