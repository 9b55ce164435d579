-- The customers.

-- migrate:up
CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT, since TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
INSERT INTO setting (name, value) VALUES ('language', 'en');

-- migrate:down
DROP TABLE setting;
DROP TABLE customer;
