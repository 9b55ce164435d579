-- Remember when an order was shipped.
--
-- Revises: 20260301090000

-- migrate:up
ALTER TABLE orders ADD COLUMN shipped_at DATE;

-- migrate:down
ALTER TABLE orders DROP COLUMN shipped_at;
