-- It's sealed: $retort$ and $retort1$ are no quotes.

-- migrate:up
DELETE FROM note WHERE id = 2;
