-- pair: primary key
-- from
CREATE TABLE a (id int, b int);
-- rows
INSERT INTO a VALUES (1, 2);
-- to
CREATE TABLE a (id int, b int, PRIMARY KEY (id, b));
-- up hazard: fails where a.b is NULL
-- up hazard: fails where a.id is NULL
-- up hazard: fails where two rows of a have the same id, b

-- pair: primary key of other columns
-- from
CREATE TABLE a (id int, b int NOT NULL, PRIMARY KEY (id));
-- rows
INSERT INTO a VALUES (1, 2);
-- to
CREATE TABLE a (id int NOT NULL, b int, PRIMARY KEY (b) INCLUDE (id));
-- up hazard: fails where two rows of a have the same b
-- down hazard: fails where two rows of a have the same id

-- pair: primary key that others refer to
-- from
CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL);
CREATE TABLE c (a int REFERENCES a (id));
-- rows
INSERT INTO a VALUES (1, 2);
INSERT INTO c VALUES (1);
-- to
CREATE TABLE a (id int UNIQUE NOT NULL, b int PRIMARY KEY);
CREATE TABLE c (a int REFERENCES a (id));
-- up hazard: fails where two rows of a have the same b
-- up hazard: fails where two rows of a have the same id
-- down hazard: fails where two rows of a have the same id

-- pair: names
-- from
CREATE TABLE a (id int CONSTRAINT one PRIMARY KEY, b int CONSTRAINT two UNIQUE, c int CONSTRAINT three CHECK (c > 0), d int CONSTRAINT four REFERENCES a);
CREATE INDEX five ON a (c);
-- rows
INSERT INTO a VALUES (1, 2, 3, 1);
-- to
CREATE TABLE a (id int CONSTRAINT uno PRIMARY KEY, b int CONSTRAINT due UNIQUE, c int CONSTRAINT tre CHECK (c > 0), d int CONSTRAINT quattro REFERENCES a);
CREATE INDEX cinque ON a (c);

-- pair: unique
-- from
CREATE TABLE a (id int, b int, c int UNIQUE);
-- rows
INSERT INTO a VALUES (1, 2, 3);
-- to
CREATE TABLE a (id int, b int UNIQUE, c int UNIQUE DEFERRABLE INITIALLY DEFERRED, UNIQUE (id) INCLUDE (c) WITH (fillfactor = 50));
COMMENT ON CONSTRAINT a_b_key ON a IS 'once';
-- up hazard: fails where two rows of a have the same b
-- up hazard: fails where two rows of a have the same c
-- up hazard: fails where two rows of a have the same id
-- down hazard: fails where two rows of a have the same c

-- pair: check
-- from
CREATE TABLE a (id int, b int CONSTRAINT few CHECK (b < 10), CONSTRAINT gone CHECK (id > 0));
-- rows
INSERT INTO a VALUES (1, 2);
-- to
CREATE TABLE a (id int, b int CONSTRAINT few CHECK (b < 9), CONSTRAINT more CHECK (id + b > 0) NO INHERIT);
-- up hazard: fails where a row of a breaks CHECK ((b < 9))
-- up hazard: fails where a row of a breaks CHECK (((id + b) > 0)) NO INHERIT
-- down hazard: fails where a row of a breaks CHECK ((b < 10))
-- down hazard: fails where a row of a breaks CHECK ((id > 0))

-- pair: not valid
-- from
CREATE TABLE a (id int PRIMARY KEY, b int);
ALTER TABLE a ADD CONSTRAINT few CHECK (b < 10) NOT VALID;
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES a NOT VALID;
-- rows
INSERT INTO a VALUES (1, 1);
-- to
CREATE TABLE a (id int PRIMARY KEY, b int REFERENCES a, CONSTRAINT few CHECK (b < 10));
-- up hazard: fails where a row of a breaks CHECK ((b < 10))
-- up hazard: fails where b of a is not in a (id)

-- pair: foreign key
-- from
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE orders (a int REFERENCES customer, b int, c int REFERENCES customer);
-- rows
INSERT INTO customer VALUES (1);
INSERT INTO orders VALUES (1, 1, NULL);
-- to
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE orders (a int REFERENCES customer ON DELETE SET NULL, b int REFERENCES customer, c int);
-- up hazard: fails where a of orders is not in customer (id)
-- up hazard: fails where b of orders is not in customer (id)
-- down hazard: fails where a of orders is not in customer (id)
-- down hazard: fails where c of orders is not in customer (id)

-- pair: when a foreign key is checked
-- from
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE orders (a int REFERENCES customer, b int REFERENCES customer DEFERRABLE, c int REFERENCES customer DEFERRABLE INITIALLY DEFERRED);
-- rows
INSERT INTO customer VALUES (1);
INSERT INTO orders VALUES (1, 1, 1);
-- to
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE orders (a int REFERENCES customer DEFERRABLE INITIALLY DEFERRED, b int REFERENCES customer, c int REFERENCES customer DEFERRABLE);

-- pair: foreign keys in a circle
-- from
CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, a int);
-- rows
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (1, 1);
-- to
CREATE TABLE a (id int PRIMARY KEY, b int, parent int REFERENCES a);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
-- up hazard: fails where b of a is not in b (id)
-- up hazard: fails where parent of a is not in a (id)
-- up hazard: fails where a of b is not in a (id)
-- down hazard: loses the column a.parent

-- pair: exclusion
-- from
CREATE TABLE a (during int4range, room text);
-- rows
INSERT INTO a VALUES ('[1,2)', 'x');
-- to
CREATE TABLE a (during int4range, room text, CONSTRAINT alone EXCLUDE USING gist (during WITH &&) WHERE (room <> 'y') DEFERRABLE);
COMMENT ON CONSTRAINT alone ON a IS 'one at a time';
-- up hazard: fails where rows of a break EXCLUDE USING gist (during WITH &&) WHERE ((room <> 'y'::text))

-- pair: exclusion of something else
-- from
CREATE TABLE a (during int4range, CONSTRAINT alone EXCLUDE USING gist (during WITH &&));
-- rows
INSERT INTO a VALUES ('[1,2)');
-- to
CREATE TABLE a (during int4range, CONSTRAINT alone EXCLUDE USING gist (during WITH =));
-- up hazard: fails where rows of a break EXCLUDE USING gist (during WITH =)
-- down hazard: fails where rows of a break EXCLUDE USING gist (during WITH &&)

-- pair: a unique index becomes a constraint
-- from
CREATE TABLE a (id int);
CREATE UNIQUE INDEX a_id_key ON a (id);
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (id int UNIQUE);
-- up hazard: fails where two rows of a have the same id
-- down hazard: fails where two rows of a have the same id
