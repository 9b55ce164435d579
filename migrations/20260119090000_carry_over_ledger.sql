-- Carry over last year's invoices from the paper ledger.
--
-- Revises: 20260112090000

-- migrate:up
INSERT INTO customer (number, name, email, payment_days) VALUES
    (1001, 'Harbour Bakery', 'office@harbour-bakery.example', 30),
    (1002, 'Lindqvist & Daughters', 'accounts@lindqvist.example', 14),
    (1003, 'O''Neill Bicycles', 'hello@oneill-bicycles.example', 30);

INSERT INTO invoice (number, customer_number, issued_on, status, note) VALUES
    (20250001, 1001, '2025-10-06', 'paid', NULL),
    (20250002, 1002, '2025-11-17', 'sent', NULL),
    (20250003, 1003, '2025-12-01', 'sent', 'cancelled'),
    (20250004, 1001, NULL, 'draft', 'waiting for the delivery note');

INSERT INTO invoice_line (invoice_number, line_number, text, quantity, unit_price_cents) VALUES
    (20250001, 1, 'Oven inspection', 1, 18000),
    (20250001, 2, 'Door seal', 2, 2450),
    (20250002, 1, 'Cold room, monthly service', 3, 9900),
    (20250003, 1, 'Compressor hire', 1, 7500),
    (20250004, 1, 'Dough mixer repair', 1, 32000);

-- migrate:down
DELETE FROM invoice_line WHERE invoice_number BETWEEN 20250001 AND 20250004;
DELETE FROM invoice WHERE number BETWEEN 20250001 AND 20250004;
DELETE FROM customer WHERE number BETWEEN 1001 AND 1003;
