-- Allow invoices to be cancelled.
--
-- Revises: 20260119090000

-- migrate:up dialect:postgresql
ALTER TABLE invoice
    DROP CONSTRAINT invoice_status,
    ADD CONSTRAINT invoice_status CHECK (status IN ('draft', 'sent', 'paid', 'cancelled'));

-- migrate:up dialect:sqlite
-- SQLite cannot change a constraint: make a new table, move the rows, take over the name.
-- Foreign keys are off meanwhile, so the invoice lines stay.
CREATE TABLE new_invoice (
    number          INTEGER PRIMARY KEY,
    customer_number INTEGER NOT NULL REFERENCES customer (number),
    issued_on       DATE,
    status          TEXT NOT NULL DEFAULT 'draft',
    note            TEXT,
    CONSTRAINT invoice_status CHECK (status IN ('draft', 'sent', 'paid', 'cancelled'))
);

INSERT INTO new_invoice (number, customer_number, issued_on, status, note)
SELECT number, customer_number, issued_on, status, note FROM invoice;

DROP TABLE invoice;
ALTER TABLE new_invoice RENAME TO invoice;

CREATE INDEX invoice_customer ON invoice (customer_number);

-- migrate:up
-- The ledger could only say it in the note.
UPDATE invoice SET status = 'cancelled' WHERE note = 'cancelled';

-- migrate:down
UPDATE invoice SET status = 'sent' WHERE status = 'cancelled';

-- migrate:down dialect:postgresql
ALTER TABLE invoice
    DROP CONSTRAINT invoice_status,
    ADD CONSTRAINT invoice_status CHECK (status IN ('draft', 'sent', 'paid'));

-- migrate:down dialect:sqlite
CREATE TABLE new_invoice (
    number          INTEGER PRIMARY KEY,
    customer_number INTEGER NOT NULL REFERENCES customer (number),
    issued_on       DATE,
    status          TEXT NOT NULL DEFAULT 'draft',
    note            TEXT,
    CONSTRAINT invoice_status CHECK (status IN ('draft', 'sent', 'paid'))
);

INSERT INTO new_invoice (number, customer_number, issued_on, status, note)
SELECT number, customer_number, issued_on, status, note FROM invoice;

DROP TABLE invoice;
ALTER TABLE new_invoice RENAME TO invoice;

CREATE INDEX invoice_customer ON invoice (customer_number);
