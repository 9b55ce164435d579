-- pair: enums come and go
-- from
CREATE TABLE a (id int);
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TYPE mood AS ENUM ('ok', 'it''s bad');
COMMENT ON TYPE mood IS 'how it is';
CREATE TABLE a (id int, m mood DEFAULT 'ok', all_of mood[]);
-- down hazard: loses the column a.all_of
-- down hazard: loses the column a.m

-- pair: enum gets values
-- from
CREATE TYPE mood AS ENUM ('b', 'd');
CREATE TABLE a (m mood DEFAULT 'b');
-- rows
INSERT INTO a VALUES ('b'), ('d');
-- to
CREATE TYPE mood AS ENUM ('a', 'b', 'c', 'd', 'e', 'f');
CREATE TABLE a (m mood DEFAULT 'b');
-- down hazard: fails where a value of a.m is 'a' or 'c' or 'e' or 'f'

-- pair: enum gets a value that is used at once
-- from
CREATE TYPE mood AS ENUM ('ok');
CREATE TABLE a (m mood DEFAULT 'ok');
CREATE VIEW v AS SELECT m FROM a WHERE m = 'ok';
-- rows
INSERT INTO a VALUES ('ok');
-- to
CREATE TYPE mood AS ENUM ('ok', 'fine');
CREATE TABLE a (m mood DEFAULT 'fine');
CREATE VIEW v AS SELECT m FROM a WHERE m = 'fine';
-- down hazard: fails where a value of a.m is 'fine'

-- pair: enum with everything on it
-- from
CREATE TYPE mood AS ENUM ('ok', 'bad', 'gone');
CREATE DOMAIN good_mood AS mood CHECK (VALUE <> 'bad');
CREATE TYPE both_of AS (m mood, n int);
CREATE TABLE a (id int PRIMARY KEY, m mood NOT NULL DEFAULT 'ok' UNIQUE CHECK (m <> 'gone'), l mood[] DEFAULT '{ok}', g good_mood, b both_of);
CREATE INDEX part ON a (id) WHERE m = 'ok';
CREATE TABLE ref (m mood REFERENCES a (m));
CREATE VIEW v AS SELECT m, l[1] AS first FROM a;
CREATE MATERIALIZED VIEW w AS SELECT m FROM v;
CREATE INDEX on_w ON w (m);
CREATE FUNCTION worse(m mood) RETURNS mood LANGUAGE sql AS 'SELECT m';
CREATE POLICY few ON a USING (m = 'ok');
-- rows
INSERT INTO a VALUES (1, 'ok', '{bad,ok}', 'ok', '(ok,1)'), (2, 'bad', NULL, NULL, NULL);
INSERT INTO ref VALUES ('bad');
-- to
CREATE TYPE mood AS ENUM ('bad', 'ok');
CREATE DOMAIN good_mood AS mood CHECK (VALUE <> 'bad');
CREATE TYPE both_of AS (m mood, n int);
CREATE TABLE a (id int PRIMARY KEY, m mood NOT NULL DEFAULT 'ok' UNIQUE CHECK (m <> 'bad' OR id > 1), l mood[] DEFAULT '{ok}', g good_mood, b both_of);
CREATE INDEX part ON a (id) WHERE m = 'ok';
CREATE TABLE ref (m mood REFERENCES a (m));
CREATE VIEW v AS SELECT m, l[1] AS first FROM a;
CREATE MATERIALIZED VIEW w AS SELECT m FROM v;
CREATE INDEX on_w ON w (m);
CREATE FUNCTION worse(m mood) RETURNS mood LANGUAGE sql AS 'SELECT m';
CREATE POLICY few ON a USING (m = 'ok');
-- up hazard: fails where a value of a.b is 'gone'
-- up hazard: fails where a value of a.l is 'gone'
-- up hazard: fails where a value of a.m is 'gone'
-- up hazard: fails where a value of ref.m is 'gone'
-- up hazard: fails where a row of a breaks CHECK (((m <> 'bad'::public.mood) OR (id > 1)))
-- up hazard: fails where a value of a.g is 'gone'
-- down hazard: fails where a row of a breaks CHECK ((m <> 'gone'::public.mood))

-- pair: text becomes an enum
-- from
CREATE TABLE a (m text DEFAULT 'ok');
-- rows
INSERT INTO a VALUES ('ok');
-- to
CREATE TYPE mood AS ENUM ('ok', 'bad');
CREATE TABLE a (m mood DEFAULT 'ok');
-- up hazard: fails where a value of a.m is no mood

-- pair: domains come and go
-- from
-- rows
-- to
CREATE DOMAIN amount AS numeric(10, 2) DEFAULT 1 NOT NULL CONSTRAINT positive CHECK (VALUE > 0) CHECK (VALUE < 100);
COMMENT ON DOMAIN amount IS 'money';
CREATE DOMAIN big AS amount CHECK (VALUE > 10);
CREATE TABLE a (x big, y amount[]);
-- down hazard: loses the table a

-- pair: domain in place
-- from
CREATE DOMAIN amount AS int DEFAULT 1 CONSTRAINT positive CHECK (VALUE > 0);
CREATE TABLE a (x amount);
-- rows
INSERT INTO a VALUES (5);
-- to
CREATE DOMAIN amount AS int DEFAULT 2 NOT NULL CONSTRAINT few CHECK (VALUE < 9);
CREATE TABLE a (x amount);
-- up hazard: fails where a value of amount is NULL
-- up hazard: fails where a value of amount breaks CHECK ((VALUE < 9))
-- down hazard: fails where a value of amount breaks CHECK ((VALUE > 0))

-- pair: domain of another type
-- from
CREATE DOMAIN amount AS int DEFAULT 1 CONSTRAINT positive CHECK (VALUE > 0);
CREATE DOMAIN big AS amount;
CREATE TABLE a (x amount PRIMARY KEY, y big);
CREATE VIEW v AS SELECT x FROM a;
-- rows
INSERT INTO a VALUES (5, 6);
-- to
CREATE DOMAIN amount AS bigint DEFAULT 1 CONSTRAINT positive CHECK (VALUE > 0);
CREATE DOMAIN big AS amount;
CREATE TABLE a (x amount PRIMARY KEY, y big);
CREATE VIEW v AS SELECT x FROM a;
-- up hazard: fails where a value of a.x is no amount
-- up hazard: fails where a value of a.y is no amount
-- down hazard: fails where a value of a.x is out of range
-- down hazard: fails where a value of a.y is out of range

-- pair: domain with a function
-- from
CREATE FUNCTION fits(x int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT x > 0';
CREATE DOMAIN amount AS int CONSTRAINT fits CHECK (fits(VALUE));
CREATE TABLE a (x amount);
-- rows
INSERT INTO a VALUES (5);
-- to
CREATE FUNCTION fits(y int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT y > 1';
CREATE DOMAIN amount AS int CONSTRAINT fits CHECK (fits(VALUE));
CREATE TABLE a (x amount);

-- pair: composite types come and go
-- from
-- rows
-- to
CREATE TYPE pair AS (a int, "B" text COLLATE "C");
COMMENT ON TYPE pair IS 'two';
CREATE TYPE pairs AS (p pair, q pair[]);
CREATE TABLE a (x pairs);
-- down hazard: loses the table a

-- pair: attributes of a composite type
-- from
CREATE TYPE pair AS (a int, b text, c int);
CREATE TABLE t (x int);
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE TYPE pair AS (a bigint, b text, d date);
CREATE TABLE t (x int);
-- up hazard: loses c of pair
-- down hazard: loses d of pair

-- pair: attributes of a composite type that a column has
-- from
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t (x pair);
-- rows
INSERT INTO t VALUES ('(1,x)');
-- to
CREATE TYPE pair AS (a bigint, b text);
CREATE TABLE t (x pair);
-- up hazard: fails where a value of t.x is no pair
-- down hazard: fails where a value of t.x is no pair

-- pair: range types come and go
-- from
-- rows
-- to
CREATE TYPE spans AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE text_range AS RANGE (subtype = text, collation = "C");
CREATE TABLE a (x spans, y text_range);
-- down hazard: loses the table a

-- pair: another range type
-- from
CREATE TYPE spans AS RANGE (subtype = float8);
CREATE TABLE a (x spans DEFAULT '[1,2)', EXCLUDE USING gist (x WITH &&));
-- rows
INSERT INTO a VALUES ('[1,3)');
-- to
CREATE TYPE spans AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TABLE a (x spans DEFAULT '[1,2)', EXCLUDE USING gist (x WITH &&));
-- up hazard: fails where a value of a.x is no spans
-- down hazard: fails where a value of a.x is no spans

-- pair: sequences
-- from
CREATE SEQUENCE numbers;
CREATE SEQUENCE gone START 5;
CREATE TABLE a (id int DEFAULT nextval('numbers'));
-- rows
INSERT INTO a DEFAULT VALUES;
-- to
CREATE SEQUENCE numbers AS integer INCREMENT 2 MAXVALUE 1000 CACHE 4 CYCLE;
CREATE SEQUENCE down_wards INCREMENT -1;
CREATE SEQUENCE own START 3 MINVALUE 3;
COMMENT ON SEQUENCE own IS 'x';
CREATE TABLE a (id int DEFAULT nextval('numbers'), b int DEFAULT nextval('own'));
ALTER SEQUENCE own OWNED BY a.b;
-- up hazard: loses the sequence gone
-- up hazard: fails where numbers has counted beyond 1 to 1000
-- down hazard: loses the column a.b
-- down hazard: loses the sequence down_wards

-- pair: who owns a sequence
-- from
CREATE SEQUENCE numbers;
CREATE TABLE a (id serial, b int);
-- rows
INSERT INTO a (b) VALUES (1);
-- to
CREATE SEQUENCE numbers;
CREATE TABLE a (id int NOT NULL, b int);
CREATE SEQUENCE a_id_seq AS integer;
ALTER SEQUENCE numbers OWNED BY a.b;

-- pair: extensions
-- from
-- rows
-- to
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION btree_gist;
CREATE TABLE a (x ext.citext, y int, z int4range, EXCLUDE USING gist (y WITH =, z WITH &&));
-- down hazard: loses the table a

-- pair: comments on attributes and extensions
-- from
CREATE TYPE pair AS (a int, "B c" text);
COMMENT ON COLUMN pair.a IS 'it''s one';
CREATE EXTENSION btree_gist;
CREATE EXTENSION citext;
COMMENT ON EXTENSION citext IS 'for names';
-- rows
-- to
CREATE TYPE pair AS (a int, "B c" text);
COMMENT ON COLUMN pair."B c" IS 'two';
CREATE EXTENSION btree_gist;
COMMENT ON EXTENSION btree_gist IS 'for times';
CREATE EXTENSION citext;

-- pair: a composite type in use gets another attribute and another type
-- from
CREATE TYPE inner_pair AS (a int, b text, c boolean);
CREATE TYPE pair AS (p inner_pair, n numeric);
CREATE DOMAIN kept_pair AS inner_pair;
CREATE TABLE t (id int, x inner_pair, y pair, z kept_pair);
-- rows
INSERT INTO t VALUES (1, NULL, NULL, NULL);
-- to
CREATE TYPE inner_pair AS (b varchar(9), a int, d date, c int);
CREATE TYPE pair AS (p inner_pair, n numeric);
CREATE DOMAIN kept_pair AS inner_pair;
CREATE TABLE t (id int, x inner_pair, y pair, z kept_pair);
-- up hazard: fails where a value of t.x is no inner_pair
-- up hazard: fails where a value of t.y is no inner_pair
-- up hazard: fails where a value of t.z is no inner_pair
-- down hazard: loses d of t.x; fails where a value of t.x is no inner_pair
-- down hazard: loses d of t.y; fails where a value of t.y is no inner_pair
-- down hazard: loses d of t.z; fails where a value of t.z is no inner_pair

-- pair: a check of a domain inside of others
-- from
CREATE DOMAIN d AS int CHECK (VALUE > 0);
CREATE TABLE a (id int, x d, many d[]);
CREATE INDEX i ON a (x);
-- rows
INSERT INTO a VALUES (1, 2, '{3,4}');
-- to
CREATE DOMAIN d AS int CHECK (VALUE > 1);
CREATE TABLE a (id int, x d, many d[]);
CREATE INDEX i ON a (x);
-- up hazard: fails where a value of d breaks CHECK ((VALUE > 1))
-- up hazard: fails where a value of d breaks CHECK ((VALUE > 1))
-- down hazard: fails where a value of d breaks CHECK ((VALUE > 0))
-- down hazard: fails where a value of d breaks CHECK ((VALUE > 0))

-- pair: a domain with a function inside of others
-- from
CREATE TABLE a (id int);
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id int);
CREATE FUNCTION ok(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE DOMAIN d AS int CHECK (ok(VALUE));
CREATE TABLE b (x d[]);
-- down hazard: loses the table b

-- pair: sequences start higher
-- from
CREATE SEQUENCE fresh;
CREATE SEQUENCE used;
CREATE SEQUENCE beyond;
CREATE TABLE a (id serial);
-- rows
SELECT nextval('used'), setval('beyond', 5000);
INSERT INTO a DEFAULT VALUES;
-- to
CREATE SEQUENCE fresh START 1000 MINVALUE 1000;
CREATE SEQUENCE used START 1500 MINVALUE 1000;
CREATE SEQUENCE beyond START 1000 MINVALUE 1000;
CREATE TABLE a (id serial);
ALTER SEQUENCE a_id_seq MINVALUE 1000 START 1000 RESTART;
