-- Where to write to them.

-- migrate:up
ALTER TABLE customer ADD COLUMN mail TEXT;

-- migrate:down
ALTER TABLE customer DROP COLUMN mail;
