-- pair: nothing changes
-- from
CREATE TABLE orders (id int, total int);
-- rows
INSERT INTO orders VALUES (1, 10), (2, NULL);
-- to
CREATE TABLE orders (total int, id int);
