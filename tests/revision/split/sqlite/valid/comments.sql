-- a comment; only
/* not /* nested; */
SELECT 1; -- behind; it
SELECT 2 /* ; */ + /*/ ; */ 3;
SELECT 4 -- ;
;
SELECT 5 - -6 /**/;/***/SELECT 7;
/*+ hint */ SELECT 8;
;; /*+ of nothing */ ;
SELECT json('{"a;":1}') -> 'a;', '{}' ->> '$.a;', 1 == 2, 3 <> 4, 1 << 2, 'a' || 'b;';
SELECT 9 /* it's open; to the end
