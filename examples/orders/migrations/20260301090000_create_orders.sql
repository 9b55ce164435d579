-- Create orders.
--
-- Revises: base

-- migrate:up
CREATE TABLE orders (
    customer    TEXT NOT NULL,
    total_cents BIGINT NOT NULL CHECK (total_cents >= 0)
);

-- migrate:down
DROP TABLE orders;
