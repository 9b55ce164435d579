-- pair: come and go
-- from
-- rows
-- to
CREATE TABLE orders (id int NOT NULL, day date NOT NULL, total int DEFAULT 1 CHECK (total > 0), PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE INDEX by_total ON orders (total);
CREATE TABLE orders_25 PARTITION OF orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE orders_26 PARTITION OF orders (total DEFAULT 2, CONSTRAINT many CHECK (total > 1)) FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (id);
CREATE TABLE orders_26_1 PARTITION OF orders_26 FOR VALUES IN (1, 2);
CREATE TABLE orders_rest PARTITION OF orders DEFAULT;
CREATE INDEX own ON orders_25 (id);
COMMENT ON COLUMN orders_25.id IS 'x';
-- down hazard: loses the table orders_25
-- down hazard: loses the table orders_26_1
-- down hazard: loses the table orders_26
-- down hazard: loses the table orders_rest
-- down hazard: loses the table orders

-- pair: columns and indexes of all
-- from
CREATE TABLE orders (id int NOT NULL, day date NOT NULL, total int, gone text) PARTITION BY RANGE (day);
CREATE TABLE orders_25 PARTITION OF orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE orders_26 PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW v AS SELECT total FROM orders_25;
-- rows
INSERT INTO orders VALUES (1, '2025-02-02', 5, 'x'), (2, '2026-02-02', 5, 'x');
-- to
CREATE TABLE orders (id int NOT NULL, day date NOT NULL, total bigint NOT NULL DEFAULT 3, note text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE orders_25 PARTITION OF orders (total DEFAULT 4) FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE orders_26 PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX by_total ON orders (total);
CREATE VIEW v AS SELECT total FROM orders_25;
-- up hazard: loses the column orders.gone
-- up hazard: fails where orders.total is NULL
-- up hazard: fails where two rows of orders have the same id, day
-- down hazard: loses the column orders.note
-- down hazard: fails where a value of orders.total is out of range

-- pair: attach and detach
-- from
CREATE TABLE orders (id int, day date) PARTITION BY RANGE (day);
CREATE TABLE orders_25 (id int, day date);
CREATE TABLE orders_26 PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE orders_27 PARTITION OF orders FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
-- rows
INSERT INTO orders VALUES (3, '2027-01-01');
-- to
CREATE TABLE orders (id int, day date) PARTITION BY RANGE (day);
CREATE TABLE orders_25 PARTITION OF orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE orders_26 (id int, day date);
CREATE TABLE orders_27 PARTITION OF orders FOR VALUES FROM ('2026-12-01') TO ('2028-01-01');
-- up hazard: fails where a row of orders_25 is not FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
-- up hazard: fails where a row of orders_27 is not FOR VALUES FROM ('2026-12-01') TO ('2028-01-01')
-- down hazard: fails where a row of orders_26 is not FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
-- down hazard: fails where a row of orders_27 is not FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')

-- pair: foreign keys
-- from
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (1) TO (9);
CREATE TABLE item (orders int);
-- rows
INSERT INTO customer VALUES (1);
INSERT INTO orders VALUES (1, 1);
INSERT INTO item VALUES (1);
-- to
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customer) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (1) TO (9);
CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (9) TO (19);
CREATE TABLE item (orders int REFERENCES orders);
-- up hazard: fails where orders of item is not in orders (id)
-- up hazard: fails where customer of orders is not in customer (id)
-- down hazard: loses the table orders_2

-- pair: triggers
-- from
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE orders (id int) PARTITION BY HASH (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES WITH (MODULUS 1, REMAINDER 0);
-- rows
INSERT INTO orders VALUES (1);
-- to
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE orders (id int) PARTITION BY HASH (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TRIGGER t AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f();

-- pair: inheritance comes and goes
-- from
-- rows
-- to
CREATE TABLE orders (id int NOT NULL DEFAULT 1, note text, CHECK (id > 0));
CREATE TABLE special (more text, note text NOT NULL) INHERITS (orders);
ALTER TABLE special ALTER id SET DEFAULT 2, ADD CHECK (more <> '');
CREATE TABLE very_special () INHERITS (special);
-- down hazard: loses the table very_special
-- down hazard: loses the table special
-- down hazard: loses the table orders

-- pair: columns of heirs
-- from
CREATE TABLE orders (id int, note text, gone int);
CREATE TABLE special (more text) INHERITS (orders);
CREATE VIEW v AS SELECT id FROM special;
-- rows
INSERT INTO orders VALUES (1, 'x', 1);
INSERT INTO special VALUES (2, 'y', 3, 'z');
-- to
CREATE TABLE orders (id bigint, note text DEFAULT 'x', added int DEFAULT 5, CHECK (id > 0));
CREATE TABLE special (more text) INHERITS (orders);
CREATE VIEW v AS SELECT id FROM special;
-- up hazard: loses the column orders.gone
-- up hazard: fails where a row of orders breaks CHECK ((id > 0))
-- down hazard: loses the column orders.added
-- down hazard: fails where a value of orders.id is out of range

-- pair: heirs leave and come
-- from
CREATE TABLE orders (id int);
CREATE TABLE special (id int, more text);
CREATE TABLE other (id int) INHERITS (orders);
-- rows
INSERT INTO orders VALUES (1);
-- to
CREATE TABLE orders (id int);
CREATE TABLE special (id int, more text) INHERITS (orders);
CREATE TABLE other (id int);

-- pair: a partition leaves with its keys and indexes
-- from
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer int CONSTRAINT known REFERENCES customer, b int CONSTRAINT some_b CHECK (b > 0), UNIQUE (b, id)) PARTITION BY RANGE (id);
CREATE INDEX by_b ON orders (b);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (1) TO (9);
CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (9) TO (19);
CREATE INDEX own ON orders_1 (customer);
-- rows
INSERT INTO customer VALUES (1);
INSERT INTO orders VALUES (10, 1, 2);
-- to
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer int CONSTRAINT known REFERENCES customer, b int CONSTRAINT some_b CHECK (b > 0), UNIQUE (b, id)) PARTITION BY RANGE (id);
CREATE INDEX by_b ON orders (b);
CREATE TABLE orders_1 (id int PRIMARY KEY, customer int CONSTRAINT known REFERENCES customer, b int CONSTRAINT some_b CHECK (b > 0), UNIQUE (b, id));
CREATE INDEX orders_1_b_idx ON orders_1 (b);
CREATE INDEX own ON orders_1 (customer);
CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (9) TO (29);
-- up hazard: fails where a row of orders_2 is not FOR VALUES FROM (9) TO (29)
-- down hazard: fails where a row of orders_1 is not FOR VALUES FROM (1) TO (9)
-- down hazard: fails where a row of orders_2 is not FOR VALUES FROM (9) TO (19)

-- pair: partitions beside a default one
-- from
CREATE TABLE day (d int) PARTITION BY RANGE (d);
CREATE TABLE day_rest PARTITION OF day DEFAULT;
CREATE TABLE day_2 (d int);
-- rows
INSERT INTO day VALUES (100);
-- to
CREATE TABLE day (d int) PARTITION BY RANGE (d);
CREATE TABLE day_rest PARTITION OF day DEFAULT;
CREATE TABLE day_1 PARTITION OF day FOR VALUES FROM (1) TO (10);
CREATE TABLE day_2 PARTITION OF day FOR VALUES FROM (10) TO (20);
-- up hazard: fails where a row of day_rest is FOR VALUES FROM (1) TO (10)
-- up hazard: fails where a row of day_2 is not FOR VALUES FROM (10) TO (20); fails where a row of day_rest is FOR VALUES FROM (10) TO (20)
-- down hazard: loses the table day_1

-- pair: triggers that are disabled in partitions
-- from
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (b);
CREATE TABLE p21 PARTITION OF p2 FOR VALUES FROM (0) TO (10);
CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (20) TO (30);
CREATE TABLE gone PARTITION OF p FOR VALUES FROM (30) TO (40);
CREATE TABLE leaves PARTITION OF p FOR VALUES FROM (40) TO (50);
CREATE TRIGGER touched BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER other BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE p1 DISABLE TRIGGER touched;
ALTER TABLE gone DISABLE TRIGGER touched;
ALTER TABLE leaves DISABLE TRIGGER touched;
ALTER TABLE p3 ENABLE REPLICA TRIGGER other;
-- rows
INSERT INTO p VALUES (1, 1), (11, 1);
-- to
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (b);
CREATE TABLE p21 PARTITION OF p2 FOR VALUES FROM (0) TO (10);
CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (20) TO (30);
CREATE TABLE leaves (a int, b int);
CREATE TRIGGER touched BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER other BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE p2 DISABLE TRIGGER touched;
ALTER TABLE p21 ENABLE TRIGGER touched;
ALTER TABLE p DISABLE TRIGGER other;
ALTER TABLE p3 ENABLE ALWAYS TRIGGER other;
-- up hazard: loses the table gone
-- down hazard: fails where a row of leaves is not FOR VALUES FROM (40) TO (50)

-- pair: rename columns of all
-- rename column: par.a = par.key
-- rename column: par.b = par.bb
-- rename column: par1.b = par1.bb
-- rename column: heirs.a = heirs.aa
-- from
CREATE TABLE par (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE par1 PARTITION OF par FOR VALUES FROM (0) TO (9) PARTITION BY LIST (b);
CREATE TABLE par11 PARTITION OF par1 (CHECK (b < 9)) FOR VALUES IN (2, 3);
CREATE INDEX bi ON par (b);
CREATE TABLE heirs (a int);
CREATE TABLE heir (c int) INHERITS (heirs);
CREATE INDEX ci ON heir (a);
-- rows
INSERT INTO par VALUES (1, 2);
INSERT INTO heir VALUES (1, 2);
-- to
CREATE TABLE par (key int, bb int) PARTITION BY RANGE (key);
CREATE TABLE par1 PARTITION OF par FOR VALUES FROM (0) TO (9) PARTITION BY LIST (bb);
CREATE TABLE par11 PARTITION OF par1 (CONSTRAINT par11_b_check CHECK (bb < 9)) FOR VALUES IN (2, 3);
CREATE INDEX bi ON par (bb);
CREATE TABLE heirs (aa int);
CREATE TABLE heir (c int) INHERITS (heirs);
CREATE INDEX ci ON heir (aa);

-- pair: leaving while the others change
-- from
CREATE TABLE p (id int, d int NOT NULL, k text) PARTITION BY RANGE (d);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9);
CREATE INDEX pk ON p (k);
CREATE TABLE par (a int, b int);
CREATE TABLE heir (a int, b int, c int) INHERITS (par);
CREATE TABLE other (a int, b int) INHERITS (par);
-- rows
-- to
CREATE TABLE p (id int, d int NOT NULL) PARTITION BY RANGE (d);
CREATE TABLE p1 (id int, d int NOT NULL, k text);
CREATE INDEX pk ON p (id);
CREATE TABLE par (a int);
CREATE TABLE heir (b int, c int);
CREATE TABLE other (a int, b int);
-- up hazard: loses the column heir.a
-- up hazard: loses the column par.b
-- up hazard: loses the column p.k
-- down hazard: fails where a row of p1 is not FOR VALUES FROM (1) TO (9)
