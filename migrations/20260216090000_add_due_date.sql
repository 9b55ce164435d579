-- Add the day on which an invoice is due.
--
-- Revises: 20260202090000

-- migrate:up
ALTER TABLE invoice ADD COLUMN due_on DATE;

-- migrate:up dialect:postgresql
UPDATE invoice
SET due_on = issued_on + customer.payment_days
FROM customer
WHERE customer.number = invoice.customer_number;

-- migrate:up dialect:sqlite
UPDATE invoice
SET due_on = date(issued_on, '+' || customer.payment_days || ' days')
FROM customer
WHERE customer.number = invoice.customer_number;

-- migrate:down
ALTER TABLE invoice DROP COLUMN due_on;
