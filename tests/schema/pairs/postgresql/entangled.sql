-- pair: names change places
-- rename table: a = b
-- rename table: b = a
-- rename column: a.x = b.y
-- rename column: a.y = b.x
-- from
CREATE TABLE a (x int, y text);
CREATE TABLE b (z int);
-- rows
INSERT INTO a VALUES (1, 'x');
INSERT INTO b VALUES (2);
-- to
CREATE TABLE b (y int, x text);
CREATE TABLE a (z int);

-- pair: extensions and schemas go with what needs them
-- from
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE TABLE ext.a (x ext.citext);
CREATE TABLE b (x ext.citext, y int);
CREATE VIEW v AS SELECT x FROM b;
CREATE FUNCTION f(x ext.citext) RETURNS text LANGUAGE sql AS 'SELECT x::text';
-- rows
INSERT INTO b VALUES ('x', 1);
-- to
CREATE TABLE b (x text, y int);
-- up hazard: loses the table ext.a
-- down hazard: fails where a value of b.x is no citext

-- pair: replica identity by a constraint
-- from
CREATE TABLE a (x int NOT NULL CONSTRAINT one UNIQUE, y int NOT NULL);
ALTER TABLE a REPLICA IDENTITY USING INDEX one;
-- rows
INSERT INTO a VALUES (1, 2);
-- to
CREATE TABLE a (x int NOT NULL, y int NOT NULL, CONSTRAINT one UNIQUE (x, y));
ALTER TABLE a REPLICA IDENTITY USING INDEX one;
-- up hazard: fails where two rows of a have the same x, y
-- down hazard: fails where two rows of a have the same x

-- pair: rows as values
-- from
CREATE TABLE a (x int);
CREATE VIEW v AS SELECT a AS row_of_a, a.x FROM a;
CREATE FUNCTION first_a() RETURNS a LANGUAGE sql AS 'SELECT * FROM a LIMIT 1';
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (x bigint, y int);
CREATE VIEW v AS SELECT a AS row_of_a, a.x FROM a;
CREATE FUNCTION first_a() RETURNS a LANGUAGE sql AS 'SELECT * FROM a LIMIT 1';
-- down hazard: loses the column a.y
-- down hazard: fails where a value of a.x is out of range

-- pair: a foreign key to a unique index
-- from
CREATE TABLE a (x int, y int);
CREATE UNIQUE INDEX one ON a (x);
CREATE TABLE b (x int CONSTRAINT known REFERENCES a (x));
-- rows
INSERT INTO a VALUES (1, 2);
INSERT INTO b VALUES (1);
-- to
CREATE TABLE a (x int, y int);
CREATE UNIQUE INDEX one ON a (x) INCLUDE (y);
CREATE UNIQUE INDEX other ON a (x);
CREATE TABLE b (x int CONSTRAINT known REFERENCES a (x));
-- up hazard: fails where two rows of a have the same x
-- up hazard: fails where two rows of a have the same x
-- down hazard: fails where two rows of a have the same x

-- pair: an enum in partitions
-- from
CREATE TYPE mood AS ENUM ('ok', 'bad', 'gone');
CREATE TABLE a (id int, m mood DEFAULT 'ok', CHECK (m <> 'gone')) PARTITION BY RANGE (id);
CREATE TABLE a_1 PARTITION OF a (m DEFAULT 'bad') FOR VALUES FROM (1) TO (9);
CREATE INDEX i ON a (m);
CREATE VIEW v AS SELECT m FROM a_1;
-- rows
INSERT INTO a VALUES (1, 'bad');
-- to
CREATE TYPE mood AS ENUM ('bad', 'ok');
CREATE TABLE a (id int, m mood DEFAULT 'ok', CHECK (m <> 'ok' OR id > 1)) PARTITION BY RANGE (id);
CREATE TABLE a_1 PARTITION OF a (m DEFAULT 'bad') FOR VALUES FROM (1) TO (9);
CREATE INDEX i ON a (m);
CREATE VIEW v AS SELECT m FROM a_1;
-- up hazard: fails where a value of a.m is 'gone'
-- up hazard: fails where a row of a breaks CHECK (((m <> 'ok'::public.mood) OR (id > 1)))
-- down hazard: fails where a row of a breaks CHECK ((m <> 'gone'::public.mood))

-- pair: everything goes
-- from
CREATE SCHEMA s;
CREATE TYPE s.mood AS ENUM ('ok');
CREATE DOMAIN s.moods AS s.mood[];
CREATE FUNCTION s.usual() RETURNS s.mood LANGUAGE sql AS 'SELECT ''ok''::s.mood';
CREATE TABLE s.a (id serial PRIMARY KEY, m s.mood DEFAULT s.usual(), l s.moods, b int);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES s.a);
ALTER TABLE s.a ADD FOREIGN KEY (b) REFERENCES b;
CREATE VIEW v AS SELECT a.m FROM s.a JOIN b ON b.a = a.id;
CREATE MATERIALIZED VIEW s.w AS SELECT * FROM v;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER t BEFORE INSERT ON s.a FOR EACH ROW EXECUTE FUNCTION f();
CREATE FUNCTION g(s.a) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
CREATE POLICY p ON s.a USING (g(a));
CREATE AGGREGATE s.total(int) (sfunc = int4pl, stype = int);
-- rows
-- to
-- up hazard: loses the table b
-- up hazard: loses the table s.a

-- pair: foreign tables
-- from
CREATE EXTENSION postgres_fdw;
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw;
-- rows
-- to
CREATE EXTENSION postgres_fdw;
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw;
CREATE FOREIGN TABLE a (x int NOT NULL, y text) SERVER other;
CREATE FOREIGN TABLE b (x int) SERVER other OPTIONS (table_name 'it''s', schema_name 's');
COMMENT ON FOREIGN TABLE b IS 'far';
-- down hazard: loses the table a
-- down hazard: loses the table b

-- pair: a sequence outlives its table
-- from
CREATE TABLE packages (id serial PRIMARY KEY);
-- rows
-- to
CREATE SEQUENCE packages_id_seq AS int;
CREATE TABLE crates (id int DEFAULT nextval('packages_id_seq') CONSTRAINT packages_pkey PRIMARY KEY);
ALTER SEQUENCE packages_id_seq OWNED BY crates.id;
-- up hazard: loses the table packages
-- down hazard: loses the table crates
