-- migrate:up
CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);

-- migrate:down
DROP TABLE note;
