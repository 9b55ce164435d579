-- Create invoices and their lines.
--
-- Revises: 20260105090000

-- migrate:up
CREATE TABLE invoice (
    number          INTEGER PRIMARY KEY,
    customer_number INTEGER NOT NULL REFERENCES customer (number),
    issued_on       DATE,
    status          TEXT NOT NULL DEFAULT 'draft',
    note            TEXT,
    CONSTRAINT invoice_status CHECK (status IN ('draft', 'sent', 'paid'))
);

CREATE INDEX invoice_customer ON invoice (customer_number);

CREATE TABLE invoice_line (
    invoice_number   INTEGER NOT NULL REFERENCES invoice (number) ON DELETE CASCADE,
    line_number      INTEGER NOT NULL,
    text             TEXT NOT NULL,
    quantity         INTEGER NOT NULL CHECK (quantity > 0),
    unit_price_cents BIGINT NOT NULL CHECK (unit_price_cents >= 0),
    PRIMARY KEY (invoice_number, line_number)
);

-- migrate:down
DROP TABLE invoice_line;
DROP TABLE invoice;
