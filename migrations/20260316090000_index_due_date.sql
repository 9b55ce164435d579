-- Find overdue invoices quickly.
--
-- Revises: 20260309090000

-- migrate:up dialect:postgresql transaction:false
CREATE INDEX CONCURRENTLY invoice_due ON invoice (due_on) WHERE status = 'sent';

-- migrate:up dialect:sqlite
CREATE INDEX invoice_due ON invoice (due_on) WHERE status = 'sent';

-- migrate:down dialect:postgresql transaction:false
DROP INDEX CONCURRENTLY invoice_due;

-- migrate:down dialect:sqlite
DROP INDEX invoice_due;
