-- pair: add
-- from
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER);
-- rows
INSERT INTO customers VALUES (1);
INSERT INTO orders VALUES (3, 1), (8, NULL);
-- to
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id) ON DELETE CASCADE);
-- up hazard: fails where orders (customer_id) has no match in customers(id)

-- pair: drop
-- from
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER,
                     CONSTRAINT whose FOREIGN KEY (customer_id) REFERENCES customers DEFERRABLE INITIALLY DEFERRED);
-- rows
INSERT INTO customers VALUES (1);
INSERT INTO orders VALUES (3, 1), (8, NULL);
-- to
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER);
-- down hazard: fails where orders (customer_id) has no match in customers

-- pair: change what it does
-- from
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers);
-- rows
INSERT INTO customers VALUES (1);
INSERT INTO orders VALUES (3, 1), (8, NULL);
-- to
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY,
                     customer_id INTEGER REFERENCES customers ON DELETE SET NULL ON UPDATE CASCADE MATCH FULL);

-- pair: change where it points
-- from
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE people (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers);
-- rows
INSERT INTO customers VALUES (1);
INSERT INTO people VALUES (1);
INSERT INTO orders VALUES (3, 1), (8, NULL);
-- to
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE people (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES people);
-- up hazard: fails where orders (customer_id) has no match in people
-- down hazard: fails where orders (customer_id) has no match in customers

-- pair: the referenced table is rebuilt
-- from
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id) ON DELETE CASCADE);
-- rows
INSERT INTO customers VALUES (1, 'a'), (2, 'b');
INSERT INTO orders VALUES (3, 1), (8, NULL), (9, 2);
-- to
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id) ON DELETE CASCADE);
-- up hazard: fails where customers.name is NULL

-- pair: a self reference is rebuilt
-- from
CREATE TABLE folders (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES folders(id) ON DELETE CASCADE, name TEXT);
-- rows
INSERT INTO folders VALUES (1, NULL, 'a'), (2, 1, 'b'), (3, 2, 'c');
-- to
CREATE TABLE folders (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES folders(id) ON DELETE CASCADE,
                      name TEXT NOT NULL);
-- up hazard: fails where folders.name is NULL

-- pair: two that reference each other are rebuilt
-- from
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b ON DELETE CASCADE);
CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a ON DELETE SET NULL);
-- rows
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (1, 1);
-- to
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER NOT NULL REFERENCES b ON DELETE CASCADE);
CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER NOT NULL REFERENCES a ON DELETE SET NULL);
-- up hazard: fails where a.b_id is NULL
-- up hazard: fails where b.a_id is NULL

-- pair: a column that references
-- from
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO customers VALUES (1);
INSERT INTO orders VALUES (3), (8);
-- to
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers,
                     other_id INTEGER DEFAULT 1 REFERENCES customers);
-- up hazard: fails where orders (other_id) has no match in customers
-- down hazard: loses the column orders.customer_id
-- down hazard: loses the column orders.other_id

-- pair: two columns
-- from
CREATE TABLE lines (order_id INTEGER, line INTEGER, PRIMARY KEY (order_id, line));
CREATE TABLE parts (id INTEGER PRIMARY KEY, order_id INTEGER, line INTEGER);
-- rows
INSERT INTO lines VALUES (1, 1), (1, 2);
INSERT INTO parts VALUES (1, 1, 2), (2, NULL, 7);
-- to
CREATE TABLE lines (order_id INTEGER, line INTEGER, PRIMARY KEY (order_id, line));
CREATE TABLE parts (id INTEGER PRIMARY KEY, order_id INTEGER, line INTEGER,
                    FOREIGN KEY (order_id, line) REFERENCES lines(order_id, line));
-- up hazard: fails where parts (order_id, line) has no match in lines(order_id, line)
