SELECT a->'x;', a->>'y', a#>>'{z;}', a@>b, a?'k', a ?| array['x;'], b||'c;', -1, a=-1, a<>-1, a@-1, |/ 4, !!3;
SELECT 1.5e3, 1.5E-3, .5, 1., (ARRAY[1,2])[1:2], (ARRAY[1,2])[1 : 2], x::text, f(a := 1, b => 2), 1e10;
DO $$BEGIN FOR i IN 1..10 LOOP END LOOP; END$$;
SELECT *FROM a WHERE b=1 AND c=2;
SELECT count(*)FROM"a"WHERE a.b%2=0;
