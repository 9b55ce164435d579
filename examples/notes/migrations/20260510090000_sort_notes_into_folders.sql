-- Sort notes into folders.
--
-- Revises: 20260405090000

-- migrate:up
CREATE TABLE folder (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE
);

INSERT INTO folder (number, name) VALUES (1, 'Notes');

ALTER TABLE note ADD COLUMN folder INTEGER REFERENCES folder (number);

UPDATE note SET folder = 1;

-- migrate:down
ALTER TABLE note DROP COLUMN folder;
DROP TABLE folder;
