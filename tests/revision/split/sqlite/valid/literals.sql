CREATE TABLE a ([last] TEXT);
SELECT 'it''s;', 1 AS "a;""b", 2 AS `c;``d`, 3 AS [e;f], x'1F', X'';
SELECT 'c:\'; SELECT 1 AS E'\';
SELECT 1.5e3, .5, 0x1F, 1e-3, ?1, :name, @name, $name;
SELECT $tag$; SELECT $a::b(c), $e::f, 2;
SELECT 'a' AS
'b;';
SELECT 'two
lines;', [last] FROM a;
SELECT last
FROM
a
