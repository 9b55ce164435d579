-- Index visits by name.
--
-- Revises: 20260405090000

-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY visit_name ON visit (name);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY visit_name;
