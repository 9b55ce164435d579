-- Create pens.
--
-- Revises: 0003
-- Transaction: cut

-- migrate:up
CREATE TABLE pen (id INTEGER PRIMARY KEY);

-- migrate:down
DROP TABLE pen;
