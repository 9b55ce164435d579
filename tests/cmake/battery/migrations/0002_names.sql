-- Names without blanks around them.
-- Irreversible: nobody knows where the blanks were

-- migrate:up
UPDATE customer SET name = trim(name);
