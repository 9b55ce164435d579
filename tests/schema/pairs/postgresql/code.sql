-- pair: functions come and go
-- from
-- rows
-- to
CREATE TABLE a (id int);
CREATE FUNCTION is_big(x int, y int DEFAULT 5) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS 'SELECT x > y';
CREATE FUNCTION count_a() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM a WHERE is_big(id)';
CREATE FUNCTION all_of() RETURNS SETOF a LANGUAGE plpgsql AS $$ DECLARE r a%ROWTYPE; BEGIN FOR r IN SELECT * FROM a LOOP RETURN NEXT r; END LOOP; END $$;
CREATE FUNCTION first_of(VARIADIC x int[], OUT y int) LANGUAGE sql AS 'SELECT x[1]';
CREATE PROCEDURE go(a int, b text) LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION is_big IS 'how; big';
COMMENT ON PROCEDURE go IS 'away';
-- down hazard: loses the table a

-- pair: another body
-- from
CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE a (x int DEFAULT f(1) CHECK (f(x) > 0));
CREATE VIEW v AS SELECT f(1);
-- rows
INSERT INTO a VALUES (3);
-- to
CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql STABLE AS 'SELECT 2';
CREATE TABLE a (x int DEFAULT f(1) CHECK (f(x) > 0));
CREATE VIEW v AS SELECT f(1);

-- pair: another result under a default a check and a generated column
-- from
CREATE FUNCTION f(x int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
CREATE TABLE a (x int DEFAULT f(1) CHECK (f(x) > 0), y int GENERATED ALWAYS AS (f(2)) STORED);
CREATE INDEX i ON a (f(x));
CREATE VIEW v AS SELECT f(1);
-- rows
INSERT INTO a VALUES (3);
-- to
CREATE FUNCTION f(x int) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT 1::bigint';
CREATE TABLE a (x int DEFAULT f(1) CHECK (f(x) > 0), y int GENERATED ALWAYS AS (f(2)) STORED);
CREATE INDEX i ON a (f(x));
CREATE VIEW v AS SELECT f(1);

-- pair: other arguments
-- from
CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT x';
CREATE FUNCTION g(x int) RETURNS int LANGUAGE sql AS 'SELECT f(x)';
-- rows
-- to
CREATE FUNCTION f(x int, y int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT x + y';
CREATE FUNCTION g(x int) RETURNS int LANGUAGE sql AS 'SELECT f(x, 2)';

-- pair: a check with a function that reads the table
-- from
-- rows
-- to
CREATE TABLE a (x int);
CREATE FUNCTION n() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM a';
ALTER TABLE a ADD CHECK (n() < 10);
CREATE FUNCTION of_row(r a) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT r.x';
CREATE INDEX i ON a (of_row(a));
-- down hazard: loses the table a

-- pair: aggregates
-- from
CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE AGGREGATE total_of(int) (sfunc = plus, stype = int, initcond = '0');
CREATE VIEW v AS SELECT total_of(1);
-- rows
-- to
CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE AGGREGATE total_of(int) (sfunc = plus, stype = int, initcond = '1', combinefunc = plus, parallel = safe, msfunc = int4pl, minvfunc = int4mi, mstype = int);
CREATE AGGREGATE part_of(double precision ORDER BY anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);
COMMENT ON AGGREGATE total_of(int) IS 'all';
CREATE AGGREGATE "Count.of"(*) (sfunc = int8inc, stype = bigint, initcond = '0');
CREATE VIEW v AS SELECT total_of(1);

-- pair: triggers
-- from
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE a (id int, b int);
CREATE TRIGGER gone BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER other BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER quiet AFTER INSERT ON a EXECUTE FUNCTION f();
-- rows
INSERT INTO a VALUES (1, 2);
-- to
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE a (id int, b int);
CREATE TRIGGER other BEFORE INSERT OR UPDATE OF b ON a FOR EACH ROW WHEN (new.b > 0) EXECUTE FUNCTION f('x', 'it''s');
CREATE TRIGGER quiet AFTER INSERT ON a EXECUTE FUNCTION f();
ALTER TABLE a DISABLE TRIGGER quiet;
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON a DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE a ENABLE ALWAYS TRIGGER late;
CREATE TRIGGER seen AFTER UPDATE ON a REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION f();
COMMENT ON TRIGGER seen ON a IS 'all at once';

-- pair: rules
-- from
CREATE TABLE a (id int);
CREATE RULE r AS ON DELETE TO a DO INSTEAD NOTHING;
CREATE RULE gone AS ON UPDATE TO a DO ALSO NOTHING;
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id int);
CREATE RULE r AS ON DELETE TO a WHERE old.id > 0 DO ALSO UPDATE a SET id = 1 WHERE id = 2;
ALTER TABLE a DISABLE RULE r;
COMMENT ON RULE r ON a IS 'x';

-- pair: policies
-- from
CREATE TABLE a (id int, who text);
CREATE POLICY one ON a USING (id > 0);
CREATE POLICY two ON a FOR SELECT USING (id > 0);
CREATE POLICY three ON a FOR UPDATE USING (id > 0) WITH CHECK (id > 1);
-- rows
INSERT INTO a VALUES (1, 'x');
-- to
CREATE TABLE a (id int, who text);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE POLICY one ON a TO pg_monitor, postgres USING (id > 1) WITH CHECK (true);
CREATE POLICY two ON a AS RESTRICTIVE FOR INSERT WITH CHECK (who = CURRENT_USER);
CREATE POLICY three ON a FOR UPDATE USING (id > 0);
CREATE POLICY four ON a FOR DELETE USING (EXISTS (SELECT 1 FROM a b WHERE b.id > 5));
COMMENT ON POLICY four ON a IS 'x';

-- pair: event triggers
-- from
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER gone ON ddl_command_start EXECUTE FUNCTION f();
CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION f();
-- rows
-- to
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION f();
ALTER EVENT TRIGGER watch ENABLE REPLICA;
COMMENT ON EVENT TRIGGER watch IS 'x';

-- pair: an aggregate that begins with an empty text
-- from
CREATE AGGREGATE joined(text) (SFUNC = textcat, STYPE = text, INITCOND = '');
-- rows
-- to
CREATE AGGREGATE joined(text) (SFUNC = textcat, STYPE = text);

-- pair: functions that call each other
-- from
CREATE TABLE a (id int);
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id int);
CREATE FUNCTION odd(int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION even(int) RETURNS boolean LANGUAGE sql AS 'SELECT $1 = 0 OR odd($1 - 1)';
CREATE OR REPLACE FUNCTION odd(int) RETURNS boolean LANGUAGE sql AS 'SELECT $1 <> 0 AND even($1 - 1)';

-- pair: a default that reads its table
-- from
CREATE TABLE a (id int);
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id int);
CREATE TABLE item (id int, pos bigint);
CREATE FUNCTION next_pos() RETURNS bigint LANGUAGE sql AS 'SELECT max(pos) FROM item';
ALTER TABLE item ALTER pos SET DEFAULT next_pos();
-- down hazard: loses the table item
