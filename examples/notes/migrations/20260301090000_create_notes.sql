-- Create notes.
--
-- Revises: base

-- migrate:up
CREATE TABLE note (
    number INTEGER PRIMARY KEY,
    text   TEXT NOT NULL
);

-- migrate:down
DROP TABLE note;
