-- Create tasks.
--
-- Revises: base

-- migrate:up dialect:sqlite
CREATE TABLE task (
    number INTEGER PRIMARY KEY,
    text   TEXT NOT NULL
);

-- migrate:up dialect:postgresql
CREATE TABLE task (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    text   TEXT NOT NULL
);

-- migrate:down
DROP TABLE task;
