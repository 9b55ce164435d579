.bail on
-- Retort 0.1.0, sqlite: 0 steps from 0006
-- Nothing to do.
