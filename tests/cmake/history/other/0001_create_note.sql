-- Create the notes.

-- migrate:up
CREATE TABLE note (text TEXT NOT NULL);

-- migrate:down
DROP TABLE note;
