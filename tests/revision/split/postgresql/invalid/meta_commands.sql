\connect other
SELECT 1 \gset
;
SELECT '\d', $$\d$$, "\d" -- \d
;
SELECT 2\;SELECT 3;
SELECT \ 4;
\echo it's
SELECT 5;
