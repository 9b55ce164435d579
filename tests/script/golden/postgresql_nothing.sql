\set ON_ERROR_STOP on
\set AUTOCOMMIT on
-- Retort 0.1.0, postgresql: 0 steps from 0006
-- Nothing to do.
