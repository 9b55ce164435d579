-- pair: add
-- from
CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT);
-- rows
INSERT INTO docs VALUES (3, 'hello');
-- to
CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'porter');
-- down hazard: loses the table words

-- pair: add one of another table's texts
-- from
CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT);
-- rows
INSERT INTO docs VALUES (3, 'hello');
-- to
CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE words USING fts5(body, content='docs', content_rowid='id');
-- down hazard: loses the table words

-- pair: change
-- from
CREATE VIRTUAL TABLE words USING fts5(body);
-- rows
INSERT INTO words VALUES ('hello');
-- to
CREATE VIRTUAL TABLE words USING fts5(body, title);
-- up hazard: loses the rows of words
-- down hazard: loses the rows of words

-- pair: change one of another table's texts
-- from
CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT, title TEXT);
CREATE VIRTUAL TABLE words USING fts5(body, content=docs, content_rowid=id);
CREATE TRIGGER docs_added AFTER INSERT ON docs BEGIN INSERT INTO words (rowid, body) VALUES (new.id, new.body); END;
-- rows
INSERT INTO docs VALUES (3, 'hello', 'a'), (7, 'world', 'b');
-- to
CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT, title TEXT);
CREATE VIRTUAL TABLE words USING fts5(body, title, content=docs, content_rowid=id);
CREATE TRIGGER docs_added AFTER INSERT ON docs BEGIN
  INSERT INTO words (rowid, body, title) VALUES (new.id, new.body, new.title);
END;

-- pair: the table of the texts is rebuilt
-- from
CREATE TABLE docs (body TEXT);
CREATE VIRTUAL TABLE words USING fts5(body, content='docs');
CREATE TRIGGER docs_added AFTER INSERT ON docs BEGIN INSERT INTO words (rowid, body) VALUES (new.rowid, new.body); END;
-- rows
INSERT INTO docs (rowid, body) VALUES (3, 'hello'), (7, 'world');
-- to
CREATE TABLE docs (body TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(body, content='docs');
CREATE TRIGGER docs_added AFTER INSERT ON docs BEGIN INSERT INTO words (rowid, body) VALUES (new.rowid, new.body); END;
-- up hazard: fails where docs.body is NULL

-- pair: the name of the new table stands behind a virtual one
-- from
CREATE TABLE docs_data (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE new_docs USING fts5(body);
-- rows
INSERT INTO docs_data VALUES (3, 'hello');
-- to
CREATE TABLE docs_data (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE VIRTUAL TABLE new_docs USING fts5(body);
-- up hazard: fails where docs_data.body is NULL

-- pair: rename
-- from
CREATE VIRTUAL TABLE words USING fts5(body);
CREATE VIEW found AS SELECT body FROM words;
-- rows
INSERT INTO words VALUES ('hello');
-- rename table: words = texts
-- to
CREATE VIRTUAL TABLE texts USING fts5(body);
CREATE VIEW found AS SELECT body FROM texts;

-- pair: becomes a plain table
-- from
CREATE VIRTUAL TABLE words USING fts5(body);
-- rows
INSERT INTO words VALUES ('hello');
-- to
CREATE TABLE words (body TEXT);
CREATE INDEX words_body ON words (body);
-- up hazard: loses the rows of words
-- down hazard: loses the rows of words

-- pair: boxes
-- from
CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT);
-- rows
INSERT INTO places VALUES (1, 'a');
-- to
CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE VIRTUAL TABLE boxes USING rtree(id, min_x, max_x);
-- up hazard: fails where places.name is NULL
-- down hazard: loses the table boxes

-- pair: the texts are in what SQLite calls a shadow
-- from
CREATE TABLE notes_content (id INTEGER PRIMARY KEY, title TEXT);
CREATE INDEX notes_title ON notes_content (title);
-- rows
INSERT INTO notes_content VALUES (3, 'hello');
-- to
CREATE TABLE notes_content (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE INDEX notes_title ON notes_content (title);
CREATE VIRTUAL TABLE notes USING fts5(title, content='notes_content', content_rowid='id');
-- up hazard: fails where notes_content.title is NULL
-- down hazard: loses the table notes

-- pair: what SQLite would call a shadow stays
-- from
CREATE TABLE notes_content (id INTEGER PRIMARY KEY, title TEXT);
-- rows
INSERT INTO notes_content VALUES (3, 'hello');
-- to
CREATE TABLE notes_content (id INTEGER PRIMARY KEY, title TEXT);
CREATE VIRTUAL TABLE notes USING fts5(title, content='');
-- down hazard: loses the table notes

-- pair: an index that asks for the columns of its table
-- from
CREATE TABLE other (id INTEGER PRIMARY KEY);
-- to
CREATE TABLE other (id INTEGER PRIMARY KEY);
CREATE TABLE docs (title TEXT, body TEXT);
CREATE VIRTUAL TABLE a USING fts4(content='docs');
-- down hazard: loses the table a
-- down hazard: loses the table docs
