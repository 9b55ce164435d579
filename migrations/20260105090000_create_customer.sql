-- Create customers.
--
-- Revises: base

-- migrate:up
CREATE TABLE customer (
    number       INTEGER PRIMARY KEY,
    name         TEXT NOT NULL,
    email        TEXT NOT NULL,
    payment_days INTEGER NOT NULL DEFAULT 30 CHECK (payment_days >= 0)
);

CREATE UNIQUE INDEX customer_email ON customer (email);

-- migrate:down
DROP TABLE customer;
