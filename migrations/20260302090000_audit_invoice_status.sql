-- Keep a log of every change of an invoice's status.
--
-- Revises: 20260216090000

-- migrate:up dialect:postgresql
CREATE TABLE audit_log (
    id             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    changed_at     TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    invoice_number INTEGER NOT NULL,
    old_status     TEXT NOT NULL,
    new_status     TEXT NOT NULL
);

CREATE FUNCTION log_invoice_status() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO audit_log (invoice_number, old_status, new_status)
    VALUES (NEW.number, OLD.status, NEW.status);
    RETURN NULL;
END;
$$;

CREATE TRIGGER invoice_status_changed
AFTER UPDATE OF status ON invoice
FOR EACH ROW
WHEN (OLD.status <> NEW.status)
EXECUTE FUNCTION log_invoice_status();

-- migrate:up dialect:sqlite
CREATE TABLE audit_log (
    id             INTEGER PRIMARY KEY,
    changed_at     TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    invoice_number INTEGER NOT NULL,
    old_status     TEXT NOT NULL,
    new_status     TEXT NOT NULL
);

CREATE TRIGGER invoice_status_changed
AFTER UPDATE OF status ON invoice
FOR EACH ROW
WHEN OLD.status <> NEW.status
BEGIN
    INSERT INTO audit_log (invoice_number, old_status, new_status)
    VALUES (NEW.number, OLD.status, NEW.status);
END;

-- migrate:down dialect:postgresql
DROP TRIGGER invoice_status_changed ON invoice;
DROP FUNCTION log_invoice_status();

-- migrate:down dialect:sqlite
DROP TRIGGER invoice_status_changed;

-- migrate:down
DROP TABLE audit_log;
