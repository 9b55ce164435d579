CREATE TABLE a (
  b text DEFAULT 'x;
y'
);
-- note;
SELECT 1;
SELECT 1; -- café;
