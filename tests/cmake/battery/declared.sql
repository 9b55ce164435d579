CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, -- without blanks around it
  mail TEXT
);

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT, since TIMESTAMP DEFAULT CURRENT_TIMESTAMP);

CREATE TABLE purchase (
  id INTEGER PRIMARY KEY,
  placed DATE,
  customer INTEGER NOT NULL REFERENCES customer (id)
);
