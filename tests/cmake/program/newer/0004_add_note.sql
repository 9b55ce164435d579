-- Add a note.

-- migrate:up
ALTER TABLE invoice ADD COLUMN note TEXT;

-- migrate:down
ALTER TABLE invoice DROP COLUMN note;
