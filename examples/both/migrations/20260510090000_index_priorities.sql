-- Index priorities.
--
-- Revises: 20260405090000

-- migrate:up dialect:sqlite
CREATE INDEX task_priority ON task (priority);

-- migrate:up dialect:postgresql transaction:false
CREATE INDEX CONCURRENTLY task_priority ON task (priority);

-- migrate:down dialect:sqlite
DROP INDEX task_priority;

-- migrate:down dialect:postgresql transaction:false
DROP INDEX CONCURRENTLY task_priority;
