-- Create visits.
--
-- Revises: base

-- migrate:up
CREATE TABLE visit (
    name TEXT NOT NULL
);

-- migrate:down
DROP TABLE visit;
