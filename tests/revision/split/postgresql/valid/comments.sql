-- a comment; only
/* one; /* two; */ three; */
SELECT 1; -- behind; it
SELECT /* ; /*/ ; */ */ 2;
SELECT 3 -- ;
;
SELECT 4 /**/;/***/SELECT 5;
SELECT 6+/* ; */7, 8 @-- ;
9;
SELECT 10 */* ; */ 2;
/*+ SeqScan(a) */ SELECT * FROM a;
SELECT /*+ IndexScan(a) */ * FROM a /*+ at the end */ ;
/*+ belongs; to nothing */;
;;
  ;
/*+ h */ -- between
SELECT 11 /* the
end */
-- of the file
