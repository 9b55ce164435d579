-- Create payments, and enter those of the ledger.
--
-- Revises: 20260126090000
-- Branch: billing

-- migrate:up
CREATE TABLE payment (
    reference      TEXT NOT NULL PRIMARY KEY,
    invoice_number INTEGER NOT NULL REFERENCES invoice (number),
    received_on    DATE NOT NULL,
    amount_cents   BIGINT NOT NULL CHECK (amount_cents > 0)
);

CREATE INDEX payment_invoice ON payment (invoice_number);

-- The ledger says that an invoice was paid, not when: the day of issue has to do.
INSERT INTO payment (reference, invoice_number, received_on, amount_cents)
SELECT
    'ledger ' || invoice.number,
    invoice.number,
    invoice.issued_on,
    SUM(invoice_line.quantity * invoice_line.unit_price_cents)
FROM invoice
JOIN invoice_line ON invoice_line.invoice_number = invoice.number
WHERE invoice.status = 'paid'
GROUP BY invoice.number, invoice.issued_on;

-- migrate:down
DROP TABLE payment;
