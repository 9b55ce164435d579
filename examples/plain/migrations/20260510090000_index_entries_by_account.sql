-- Index entries by account.
--
-- Revises: 20260405090000

-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY entry_account ON entry (account, currency);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY entry_account;
