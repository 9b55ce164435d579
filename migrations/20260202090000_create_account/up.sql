-- Create accounts for the people in the office.

CREATE TABLE account (
    login     TEXT NOT NULL PRIMARY KEY,
    full_name TEXT NOT NULL,
    role      TEXT NOT NULL DEFAULT 'clerk' CHECK (role IN ('clerk', 'manager'))
);
