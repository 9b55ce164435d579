-- migrate:up
CREATE TABLE note (text TEXT NOT NULL CHECK (text LIKE '%!'));
INSERT INTO note VALUES (shout('retort'));

-- migrate:down
DROP TABLE note;
