-- Merge billing, and show what is still owed.
--
-- Revises: 20260223090000, 20260302090000

-- migrate:up
CREATE VIEW open_invoice AS
SELECT
    invoice.number,
    invoice.customer_number,
    invoice.due_on,
    total.cents - COALESCE(paid.cents, 0) AS owed_cents
FROM invoice
JOIN (
    SELECT invoice_number, SUM(quantity * unit_price_cents) AS cents
    FROM invoice_line
    GROUP BY invoice_number
) AS total ON total.invoice_number = invoice.number
LEFT JOIN (
    SELECT invoice_number, SUM(amount_cents) AS cents
    FROM payment
    GROUP BY invoice_number
) AS paid ON paid.invoice_number = invoice.number
WHERE invoice.status = 'sent';

-- migrate:down
DROP VIEW open_invoice;
