SELECT E'a;'
  'b\';', 2;
SELECT E'a;' -- a comment; between
  'b\';', 3;
SELECT E'c'
  'd\'' -- closed only for psql
;
