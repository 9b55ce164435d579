SELECT 'it''s; here';
SELECT E'a\'; b\\', e'\\'; SELECT 'c:\';
SELECT U&'d\0061t;a', U&"d\0061t;a", u&'x;' UESCAPE '!';
SELECT B'01;', b'1', X'1F;', x'', N'n;', n'';
SELECT E'a;\''
  'b\n;', 2;
SELECT E'a;' -- a comment; between
  'b;', 'c'
  'd\';
SELECT E'a;' 'b\'; SELECT 'not continued';
SELECT E'a;' /* ; */
'b\'; SELECT 'nor here';
SELECT U&d, e.'x;' FROM e;
SELECT "a;""b", name'x;', '' , '''';
SELECT 'two
lines;', 'last'
