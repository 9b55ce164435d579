-- migrate:up
CREATE TABLE note (text TEXT NOT NULL CHECK (text LIKE '%!'), louder TEXT AS (shout(text)));
INSERT INTO note (text) VALUES (shout('retort'));

-- migrate:down
DROP TABLE note;
