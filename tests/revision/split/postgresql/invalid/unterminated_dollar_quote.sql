DO $body$ BEGIN
  PERFORM 1; $$ $bodY$
END;
