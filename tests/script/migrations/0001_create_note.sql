-- Create notes.
--
-- Revises: base

-- migrate:up
CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
INSERT INTO note (id, text) VALUES (1, '{"k":true}'), (2, 'a:b; -- no comment');

-- migrate:down
DROP TABLE note;
