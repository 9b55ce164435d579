-- Date notes.
--
-- Revises: 20260301090000

-- migrate:up
ALTER TABLE note ADD COLUMN written_on DATE;

-- migrate:down
ALTER TABLE note DROP COLUMN written_on;
