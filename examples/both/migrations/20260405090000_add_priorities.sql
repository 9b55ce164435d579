-- Add priorities.
--
-- Revises: 20260301090000

-- migrate:up
ALTER TABLE task ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;

-- migrate:down
ALTER TABLE task DROP COLUMN priority;
