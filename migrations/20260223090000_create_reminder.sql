-- Create reminders.
--
-- Revises: 20260209090000
-- Depends-On: 20260202090000

-- migrate:up
CREATE TABLE reminder (
    invoice_number INTEGER NOT NULL REFERENCES invoice (number),
    level          INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
    sent_on        DATE NOT NULL,
    sent_by        TEXT NOT NULL REFERENCES account (login),
    PRIMARY KEY (invoice_number, level)
);

-- migrate:down
DROP TABLE reminder;
