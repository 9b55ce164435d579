-- Create the invoices.

-- migrate:up
CREATE TABLE invoice (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer (id));

-- migrate:down
DROP TABLE invoice;
