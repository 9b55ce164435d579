SELECT $$a;b$$, $tag$ $$;$$ $other$;$tag$;
SELECT $été$;$été$, $_1$;$_1$, $$$$;
SELECT a$b$;
SELECT b$c$ FROM x;
SELECT $1, $2$$;$$, 1$$;$$;
DO $do$ BEGIN EXECUTE $q$ SELECT 1; $q$; END $do$;
SELECT $a$ $$a$; SELECT 'x';
SELECT $delim$ $junk$delim$;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  x int;
BEGIN
  x := 1; -- it's
  RETURN NEW;
END;
$$;
CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();
