CREATE TABLE a (b numeric(10, 2)));
SELECT 1;
CREATE TABLE c (d numeric(10, e int);
SELECT ')';
SELECT (2);
