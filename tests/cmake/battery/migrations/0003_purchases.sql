-- What they bought.

-- migrate:up
CREATE TABLE purchase (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer (id));
ALTER TABLE purchase ADD COLUMN placed DATE;

-- migrate:up dialect:postgresql transaction:false
CREATE INDEX CONCURRENTLY IF NOT EXISTS purchase_customer ON purchase (customer);

-- migrate:down
DROP TABLE purchase;
