-- Call the text of an invoice line its description.
--
-- Revises: 20260316090000

-- migrate:up
ALTER TABLE invoice_line RENAME COLUMN text TO description;

-- migrate:down
ALTER TABLE invoice_line RENAME COLUMN description TO text;
