SELECT 1;
SELECT 'it''s; -- goes on
SELECT 2;
