-- pair: create and drop
-- from
CREATE TABLE a (id int, name text, tags text[], during int4range);
-- rows
INSERT INTO a VALUES (1, 'x', '{a}', '[1,2)');
-- to
CREATE TABLE a (id int, name text, tags text[], during int4range);
CREATE INDEX plain ON a (id DESC NULLS LAST, name);
CREATE UNIQUE INDEX only_once ON a (lower(name) text_pattern_ops) INCLUDE (id) WHERE id > 0;
CREATE INDEX by_tags ON a USING gin (tags);
CREATE INDEX by_time ON a USING gist (during) WITH (fillfactor = 60);
CREATE INDEX by_hash ON a USING hash (name);
CREATE INDEX sorted ON a (name COLLATE "C");
COMMENT ON INDEX plain IS 'usual';
-- up hazard: fails where two rows of a have the same lower(name) text_pattern_ops

-- pair: another definition
-- from
CREATE TABLE a (id int, name text);
CREATE INDEX i ON a (id);
-- rows
INSERT INTO a VALUES (1, 'x');
-- to
CREATE TABLE a (id int, name text);
CREATE INDEX i ON a (name, id) WHERE id > 5;

-- pair: rename
-- from
CREATE TABLE a (id int);
CREATE INDEX old_name ON a (id);
COMMENT ON INDEX old_name IS 'x';
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id int);
CREATE INDEX "New.Name" ON a (id);
COMMENT ON INDEX "New.Name" IS 'x';

-- pair: on another table
-- from
CREATE TABLE a (id int);
CREATE TABLE b (id int);
CREATE INDEX i ON a (id);
-- rows
INSERT INTO a VALUES (1);
INSERT INTO b VALUES (1);
-- to
CREATE TABLE a (id int);
CREATE TABLE b (id int);
CREATE INDEX i ON b (id);

-- pair: clustered
-- from
CREATE TABLE a (id int, b int);
CREATE INDEX i ON a (id);
CREATE INDEX j ON a (b);
ALTER TABLE a CLUSTER ON i;
-- rows
INSERT INTO a VALUES (1, 2);
-- to
CREATE TABLE a (id int, b int);
CREATE INDEX i ON a (id);
CREATE INDEX j ON a (b);
ALTER TABLE a CLUSTER ON j;

-- pair: statistics
-- from
CREATE TABLE a (id int, b int);
CREATE STATISTICS s ON id, b FROM a;
-- rows
INSERT INTO a VALUES (1, 2);
-- to
CREATE TABLE a (id int, b int);
CREATE STATISTICS s (ndistinct) ON id, b FROM a;
CREATE STATISTICS t (dependencies) ON b, id FROM a;
COMMENT ON STATISTICS t IS 'x';

-- pair: with a function
-- from
CREATE TABLE a (id int, name text);
CREATE FUNCTION plain(x text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(x)';
CREATE INDEX i ON a (plain(name));
-- rows
INSERT INTO a VALUES (1, 'X');
-- to
CREATE TABLE a (id int, name text);
CREATE FUNCTION plain(y text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT upper(y)';
CREATE INDEX i ON a (plain(name));

-- pair: clustered on a constraint
-- from
CREATE TABLE a (id int PRIMARY KEY, b int UNIQUE);
ALTER TABLE a CLUSTER ON a_pkey;
CREATE TABLE c (id int PRIMARY KEY, b int);
-- rows
INSERT INTO a VALUES (1, 2);
-- to
CREATE TABLE a (id int PRIMARY KEY, b int UNIQUE);
ALTER TABLE a CLUSTER ON a_b_key;
CREATE TABLE c (id int, b int PRIMARY KEY);
ALTER TABLE c CLUSTER ON c_pkey;
-- up hazard: fails where c.b is NULL
-- up hazard: fails where two rows of c have the same b
-- down hazard: fails where c.id is NULL
-- down hazard: fails where two rows of c have the same id

-- pair: statistics of an index and of columns together
-- from
CREATE TABLE a (x int, y int);
CREATE INDEX i ON a ((x + 1), y, (y + 2));
ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 77;
CREATE STATISTICS s ON x, y FROM a;
ALTER STATISTICS s SET STATISTICS 55;
-- rows
INSERT INTO a VALUES (1, 2);
-- to
CREATE TABLE a (x int, y int);
CREATE INDEX i ON a ((x + 1), y, (y + 2));
ALTER INDEX i ALTER COLUMN 3 SET STATISTICS 0;
CREATE STATISTICS s ON x, y FROM a;

-- pair: an index of a partitioned table alone
-- from
CREATE TABLE p (a int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);
-- rows
INSERT INTO p VALUES (1);
-- to
CREATE TABLE p (a int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);
CREATE INDEX i ON ONLY p (a);
