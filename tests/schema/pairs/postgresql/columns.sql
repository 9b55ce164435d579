-- pair: add and drop
-- from
CREATE TABLE orders (id int PRIMARY KEY);
-- rows
INSERT INTO orders VALUES (1), (2);
-- to
CREATE TABLE orders (id int PRIMARY KEY, note text, state text NOT NULL DEFAULT 'new', at timestamptz DEFAULT now());
-- down hazard: loses the column orders.at
-- down hazard: loses the column orders.note
-- down hazard: loses the column orders.state

-- pair: add one that is not null to a table without rows
-- from
CREATE TABLE orders (id int PRIMARY KEY);
-- rows
-- to
CREATE TABLE orders (id int PRIMARY KEY, x int NOT NULL);
-- up hazard: fails where orders has rows: x is NOT NULL and has no default
-- down hazard: loses the column orders.x

-- pair: rename
-- rename column: orders.total = orders.amount
-- from
CREATE TABLE orders (id int PRIMARY KEY, total int CHECK (total > 0), twice int GENERATED ALWAYS AS (total * 2) STORED);
CREATE INDEX by_total ON orders (total) WHERE total > 3;
CREATE VIEW v AS SELECT id, total FROM orders;
-- rows
INSERT INTO orders VALUES (1, 5), (2, 6);
-- to
CREATE TABLE orders (id int PRIMARY KEY, amount int CONSTRAINT orders_total_check CHECK (amount > 0), twice int GENERATED ALWAYS AS (amount * 2) STORED);
CREATE INDEX by_total ON orders (amount) WHERE amount > 3;
CREATE VIEW v AS SELECT id, amount FROM orders;

-- pair: rename of a key
-- rename column: customer.id = customer.number
-- rename column: orders.customer = orders.customer_number
-- from
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE orders (customer int REFERENCES customer);
-- rows
INSERT INTO customer VALUES (1);
INSERT INTO orders VALUES (1);
-- to
CREATE TABLE customer (number int PRIMARY KEY);
CREATE TABLE orders (customer_number int REFERENCES customer);

-- pair: not null
-- from
CREATE TABLE orders (id int, a text);
-- rows
INSERT INTO orders VALUES (1, 'x');
-- to
CREATE TABLE orders (id int NOT NULL, a text NOT NULL DEFAULT '');
-- up hazard: fails where orders.a is NULL
-- up hazard: fails where orders.id is NULL

-- pair: defaults
-- from
CREATE TABLE orders (a int DEFAULT 1, b text DEFAULT 'x', c text, d int[] DEFAULT '{}');
-- rows
INSERT INTO orders DEFAULT VALUES;
-- to
CREATE TABLE orders (a int DEFAULT 2, b text, c text DEFAULT 'y' || 'z', d int[] DEFAULT ARRAY[1, 2]);

-- pair: comments and settings
-- from
CREATE TABLE orders (a text, b text);
COMMENT ON COLUMN orders.a IS 'old';
-- rows
INSERT INTO orders VALUES ('x', 'y');
-- to
CREATE TABLE orders (a text, b text);
COMMENT ON COLUMN orders.b IS 'it''s new';
ALTER TABLE orders ALTER a SET STORAGE EXTERNAL, ALTER a SET STATISTICS 500, ALTER b SET (n_distinct = -0.5);

-- pair: wider types
-- from
CREATE TABLE orders (a smallint PRIMARY KEY, b int DEFAULT 3, c varchar(9) NOT NULL, d numeric(8, 2), e date, f real);
CREATE INDEX by_c ON orders (c);
-- rows
INSERT INTO orders VALUES (1, 2, 'abc', 1.25, '2026-01-01', 1.5);
-- to
CREATE TABLE orders (a int PRIMARY KEY, b bigint DEFAULT 3, c text NOT NULL, d numeric(10, 2), e date, f float8);
CREATE INDEX by_c ON orders (c);
-- down hazard: fails where a value of orders.a is out of range
-- down hazard: fails where a value of orders.b is out of range
-- down hazard: fails where a value of orders.c is longer
-- down hazard: fails where a value of orders.d is out of range
-- down hazard: rounds values of orders.f; fails where one is out of range

-- pair: casts that can fail
-- from
CREATE TABLE orders (a text, b text DEFAULT 'x', c text[], d text);
-- rows
INSERT INTO orders VALUES ('1', '2026-01-01', '{1,2}', 'true');
-- to
CREATE TABLE orders (a int, b date DEFAULT '2026-02-02', c int[], d boolean);
-- up hazard: fails where a value of orders.a is no integer
-- up hazard: may change values of orders.b; fails where one is no date
-- up hazard: fails where a value of orders.c is no integer
-- up hazard: fails where a value of orders.d is no boolean

-- pair: a type with everything on it
-- from
CREATE TABLE orders (id int PRIMARY KEY, total int NOT NULL DEFAULT 1 CHECK (total > 0), twice int GENERATED ALWAYS AS (total * 2) STORED);
CREATE INDEX by_total ON orders ((total + 1)) WHERE total > 3;
CREATE VIEW v AS SELECT id, total FROM orders;
CREATE VIEW over_v AS SELECT total FROM v;
CREATE MATERIALIZED VIEW m AS SELECT sum(total) AS sum FROM over_v;
CREATE UNIQUE INDEX one ON m (sum);
CREATE POLICY few ON orders USING (total > 1);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER touched BEFORE UPDATE OF total ON orders FOR EACH ROW WHEN (old.total <> new.total) EXECUTE FUNCTION touch();
CREATE RULE quiet AS ON DELETE TO orders WHERE old.total > 5 DO INSTEAD NOTHING;
CREATE STATISTICS both_of ON id, total FROM orders;
-- rows
INSERT INTO orders (id, total) VALUES (1, 5), (2, 6);
-- to
CREATE TABLE orders (id int PRIMARY KEY, total bigint NOT NULL DEFAULT 1 CHECK (total > 0), twice int GENERATED ALWAYS AS (total * 2) STORED);
CREATE INDEX by_total ON orders ((total + 1)) WHERE total > 3;
CREATE VIEW v AS SELECT id, total FROM orders;
CREATE VIEW over_v AS SELECT total FROM v;
CREATE MATERIALIZED VIEW m AS SELECT sum(total) AS sum FROM over_v;
CREATE UNIQUE INDEX one ON m (sum);
CREATE POLICY few ON orders USING (total > 1);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER touched BEFORE UPDATE OF total ON orders FOR EACH ROW WHEN (old.total <> new.total) EXECUTE FUNCTION touch();
CREATE RULE quiet AS ON DELETE TO orders WHERE old.total > 5 DO INSTEAD NOTHING;
CREATE STATISTICS both_of ON id, total FROM orders;
-- down hazard: fails where a value of orders.total is out of range

-- pair: collation
-- from
CREATE TABLE orders (a text, b varchar(5) COLLATE "C");
CREATE INDEX by_a ON orders (a);
-- rows
INSERT INTO orders VALUES ('x', 'y');
-- to
CREATE TABLE orders (a text COLLATE "C", b varchar(5));
CREATE INDEX by_a ON orders (a);

-- pair: types of both ends of a foreign key
-- from
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE orders (customer_id int REFERENCES customer);
-- rows
INSERT INTO customer VALUES (1);
INSERT INTO orders VALUES (1);
-- to
CREATE TABLE customer (id text PRIMARY KEY);
CREATE TABLE orders (customer_id text REFERENCES customer);
-- down hazard: fails where a value of customer.id is no integer
-- down hazard: fails where a value of orders.customer_id is no integer

-- pair: identity
-- from
CREATE TABLE a (id int NOT NULL, b bigint GENERATED ALWAYS AS IDENTITY, c int GENERATED BY DEFAULT AS IDENTITY);
-- rows
INSERT INTO a (id) VALUES (1), (2);
-- to
CREATE TABLE a (id int GENERATED BY DEFAULT AS IDENTITY (START 10), b bigint NOT NULL, c int GENERATED ALWAYS AS IDENTITY (INCREMENT 5 CACHE 3 CYCLE));
-- up hazard: loses the sequence behind a.b
-- up hazard: starts a.id anew
-- down hazard: starts a.b anew
-- down hazard: loses the sequence behind a.id

-- pair: serial becomes identity
-- from
CREATE TABLE a (id serial PRIMARY KEY, b text);
-- rows
INSERT INTO a (b) VALUES ('x');
-- to
CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b text);

-- pair: serial becomes an integer
-- from
CREATE TABLE a (id serial PRIMARY KEY, b text);
-- rows
INSERT INTO a (b) VALUES ('x');
-- to
CREATE TABLE a (id int PRIMARY KEY, b text);
-- up hazard: loses the sequence a_id_seq
-- down hazard: starts a.id anew

-- pair: an identity column gets another type
-- from
CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b text);
-- rows
INSERT INTO a (b) VALUES ('x');
-- to
CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b text);
-- down hazard: fails where a value of a.id is out of range

-- pair: generated
-- from
CREATE TABLE a (id int, b int GENERATED ALWAYS AS (id + 1) STORED, c int GENERATED ALWAYS AS (id + 1) STORED, d int);
CREATE INDEX by_b ON a (b);
CREATE VIEW v AS SELECT b FROM a;
-- rows
INSERT INTO a (id) VALUES (1), (2);
-- to
CREATE TABLE a (id int, b int GENERATED ALWAYS AS (1 + id) STORED, c int, d int GENERATED ALWAYS AS (id * 2) STORED);
CREATE INDEX by_b ON a (b);
CREATE VIEW v AS SELECT b FROM a;
-- up hazard: loses the column a.d
-- down hazard: loses the column a.c

-- pair: a column goes that others need
-- from
CREATE TABLE a (id int, b int);
CREATE INDEX by_b ON a (b);
CREATE VIEW v AS SELECT b FROM a;
ALTER TABLE a ADD CHECK (b > id);
-- rows
INSERT INTO a VALUES (1, 2);
-- to
CREATE TABLE a (id int);
CREATE VIEW v AS SELECT id AS b FROM a;
-- up hazard: loses the column a.b
-- down hazard: fails where a row of a breaks CHECK ((b > id))

-- pair: an identity that starts higher
-- from
CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY, "Of it" int GENERATED ALWAYS AS IDENTITY);
CREATE TABLE b ("B ""b" int GENERATED ALWAYS AS IDENTITY, x int);
-- rows
INSERT INTO b (x) VALUES (1), (2);
-- to
CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY (START 1000 MINVALUE 1000),
                "Of it" int GENERATED ALWAYS AS IDENTITY);
CREATE TABLE b ("B ""b" int GENERATED ALWAYS AS IDENTITY (START 1000 MINVALUE 1000), x int);
