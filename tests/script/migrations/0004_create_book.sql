-- Create books.
--
-- Revises: 0003
-- Branch: book

-- migrate:up
CREATE TABLE book (
    id INTEGER PRIMARY KEY -- one for each
);

-- migrate:down
DROP TABLE book;
