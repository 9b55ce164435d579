-- Tag notes.

-- migrate:up
ALTER TABLE note ADD COLUMN tag TEXT;

-- migrate:up dialect:postgresql transaction:false
CREATE INDEX CONCURRENTLY note_tag ON note (tag);

-- migrate:up dialect:sqlite transaction:false
VACUUM;

-- migrate:up
UPDATE note SET tag = 'none';

-- migrate:down dialect:postgresql transaction:false
DROP INDEX CONCURRENTLY note_tag;

-- migrate:down
ALTER TABLE note DROP COLUMN tag;
