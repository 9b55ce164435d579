-- Create entries.
--
-- Revises: base

-- migrate:up
CREATE TABLE entry (
    number  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account TEXT NOT NULL,
    cents   BIGINT NOT NULL
);

-- migrate:down
DROP TABLE entry;
