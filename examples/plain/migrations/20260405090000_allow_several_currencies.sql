-- Allow several currencies.
--
-- Revises: 20260301090000

-- migrate:up
ALTER TABLE entry ADD COLUMN currency TEXT NOT NULL DEFAULT 'EUR';

-- migrate:down
ALTER TABLE entry DROP COLUMN currency;
