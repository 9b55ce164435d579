-- pair: come and go
-- from
CREATE TABLE a (id int, b text);
-- rows
INSERT INTO a VALUES (1, 'x');
-- to
CREATE TABLE a (id int, b text);
CREATE VIEW v WITH (security_barrier) AS SELECT id, b AS "B c" FROM a;
COMMENT ON VIEW v IS 'seen';
COMMENT ON COLUMN v."B c" IS 'it''s: b, c';
CREATE VIEW u AS SELECT * FROM v WHERE id > 0 WITH CASCADED CHECK OPTION;
CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT count(*) AS n FROM u;
CREATE UNIQUE INDEX m_n ON m (n);

-- pair: another definition below others
-- from
CREATE TABLE a (id int, b text);
CREATE VIEW v AS SELECT id FROM a;
CREATE VIEW w AS SELECT id FROM v;
CREATE VIEW x AS SELECT id FROM w;
CREATE MATERIALIZED VIEW m AS SELECT id FROM x;
CREATE INDEX on_m ON m (id);
-- rows
INSERT INTO a VALUES (1, 'x');
-- to
CREATE TABLE a (id int, b text);
CREATE VIEW v AS SELECT id, b FROM a WHERE id > 0;
CREATE VIEW w AS SELECT id FROM v;
CREATE VIEW x AS SELECT id FROM w;
CREATE MATERIALIZED VIEW m AS SELECT id FROM x;
CREATE INDEX on_m ON m (id);

-- pair: settings and comments
-- from
CREATE TABLE a (id int);
CREATE VIEW v AS SELECT id FROM a;
COMMENT ON COLUMN v.id IS 'old';
CREATE MATERIALIZED VIEW m AS SELECT id FROM a;
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id int);
CREATE VIEW v WITH (security_barrier = true) AS SELECT id FROM a;
COMMENT ON VIEW v IS 'new';
CREATE MATERIALIZED VIEW m WITH (autovacuum_enabled = off) AS SELECT id FROM a;
COMMENT ON MATERIALIZED VIEW m IS 'new';

-- pair: a view becomes a materialized one
-- from
CREATE TABLE a (id int);
CREATE VIEW v AS SELECT id FROM a;
CREATE VIEW w AS SELECT id FROM v;
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id int);
CREATE MATERIALIZED VIEW v AS SELECT id FROM a;
CREATE VIEW w AS SELECT id FROM v;

-- pair: with functions
-- from
CREATE TABLE a (id int);
CREATE FUNCTION twice(x int) RETURNS int LANGUAGE sql AS 'SELECT x * 2';
CREATE VIEW v AS SELECT twice(id) AS t FROM a;
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id int);
CREATE FUNCTION twice(x int) RETURNS bigint LANGUAGE sql AS 'SELECT x * 2::bigint';
CREATE VIEW v AS SELECT twice(id) AS t FROM a;

-- pair: grouped by a key
-- from
CREATE TABLE a (id int PRIMARY KEY, b text);
CREATE VIEW v AS SELECT id, b, count(*) FROM a GROUP BY id;
-- rows
INSERT INTO a VALUES (1, 'x');
-- to
CREATE TABLE a (id int NOT NULL, b text, c int DEFAULT 1, PRIMARY KEY (id, c));
CREATE VIEW v AS SELECT id, b, c, count(*) FROM a GROUP BY id, c;
-- up hazard: fails where two rows of a have the same id, c
-- down hazard: loses the column a.c
-- down hazard: fails where two rows of a have the same id

-- pair: triggers and rules on views
-- from
CREATE TABLE a (id int);
CREATE VIEW v AS SELECT id FROM a;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER t INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();
CREATE RULE r AS ON DELETE TO v DO INSTEAD NOTHING;
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id int);
CREATE VIEW v AS SELECT id, id AS other FROM a;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER t INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();
CREATE RULE r AS ON DELETE TO v DO INSTEAD NOTHING;

-- pair: recursion and quotes
-- from
-- rows
-- to
CREATE SCHEMA s;
CREATE VIEW s."v.w" AS WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n AS "a.b", 'it''s; done' AS c FROM t;
CREATE VIEW x AS SELECT "a.b" FROM s."v.w";

-- pair: defaults of the columns of a view
-- from
CREATE TABLE t (a text, b int, "C" int);
CREATE FUNCTION next() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW v AS SELECT a, b, "C" FROM t;
ALTER VIEW v ALTER COLUMN a SET DEFAULT 'x, y: z';
ALTER VIEW v ALTER COLUMN b SET DEFAULT next();
-- rows
INSERT INTO v (b) VALUES (2);
-- to
CREATE TABLE t (a varchar(9), b int, "C" int);
CREATE FUNCTION next() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW v AS SELECT a, b, "C" FROM t;
ALTER VIEW v ALTER COLUMN b SET DEFAULT next();
ALTER VIEW v ALTER COLUMN "C" SET DEFAULT 5;
-- up hazard: fails where a value of t.a is longer

-- pair: defaults of a view that stays
-- from
CREATE VIEW v AS SELECT 1 AS a, 2 AS b;
ALTER VIEW v ALTER COLUMN a SET DEFAULT 1;
-- rows
-- to
CREATE VIEW v AS SELECT 1 AS a, 2 AS b;
ALTER VIEW v ALTER COLUMN b SET DEFAULT abs(-1);
