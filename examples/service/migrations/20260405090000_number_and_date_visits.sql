-- Number and date visits.
--
-- Revises: 20260301090000

-- migrate:up
ALTER TABLE visit
    ADD COLUMN number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ADD COLUMN at TIMESTAMPTZ NOT NULL DEFAULT now();

-- migrate:down
ALTER TABLE visit
    DROP COLUMN number,
    DROP COLUMN at;
