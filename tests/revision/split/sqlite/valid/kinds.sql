BEGIN; COMMIT; BEGIN IMMEDIATE TRANSACTION; END; begin exclusive; END TRANSACTION;
BEGIN; ROLLBACK; SAVEPOINT a; ROLLBACK TO a; RELEASE a;
PRAGMA foreign_keys; PRAGMA foreign_keys = OFF; pragma main.Foreign_Keys(1); PRAGMA "foreign_keys" = ON; PRAGMA [foreign_keys];
PRAGMA foreign_key_check; PRAGMA foreign_key_list(a); PRAGMA defer_foreign_keys = ON;
PRAGMA journal_mode; PRAGMA journal_mode = MEMORY; PRAGMA main.synchronous(OFF); PRAGMA synchronous; PRAGMA temp.synchronous = 1;
VACUUM; ATTACH ':memory:' AS b; DETACH DATABASE b; ANALYZE;
CREATE TABLE "vacuum" (a); SELECT 'BEGIN'; REPLACE INTO "vacuum" VALUES (1);
