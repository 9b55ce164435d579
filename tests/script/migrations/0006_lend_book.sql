-- Lend books.
--
-- Revises: 0004, 0005

-- migrate:up
CREATE TABLE loan (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES book (id));

-- migrate:up dialect:sqlite
PRAGMA recursive_triggers = ON;

-- migrate:down
-- The loans stay with the book.
DROP TABLE loan;
