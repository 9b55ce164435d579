-- The schema at head, PostgreSQL.

CREATE TABLE customer (
    number       INTEGER PRIMARY KEY,
    name         TEXT NOT NULL,
    email        TEXT NOT NULL,
    payment_days INTEGER NOT NULL DEFAULT 30 CHECK (payment_days >= 0)
);

CREATE UNIQUE INDEX customer_email ON customer (email);

CREATE TABLE account (
    login     TEXT NOT NULL PRIMARY KEY,
    full_name TEXT NOT NULL,
    role      TEXT NOT NULL DEFAULT 'clerk' CHECK (role IN ('clerk', 'manager'))
);

CREATE TABLE invoice (
    number          INTEGER PRIMARY KEY,
    customer_number INTEGER NOT NULL REFERENCES customer (number),
    issued_on       DATE,
    status          TEXT NOT NULL DEFAULT 'draft',
    note            TEXT,
    due_on          DATE,
    CONSTRAINT invoice_status CHECK (status IN ('draft', 'sent', 'paid', 'cancelled'))
);

CREATE INDEX invoice_customer ON invoice (customer_number);
CREATE INDEX invoice_due ON invoice (due_on) WHERE status = 'sent';

CREATE TABLE invoice_line (
    invoice_number   INTEGER NOT NULL REFERENCES invoice (number) ON DELETE CASCADE,
    line_number      INTEGER NOT NULL,
    description      TEXT NOT NULL,
    quantity         INTEGER NOT NULL CHECK (quantity > 0),
    unit_price_cents BIGINT NOT NULL CHECK (unit_price_cents >= 0),
    PRIMARY KEY (invoice_number, line_number)
);

CREATE TABLE payment (
    reference      TEXT NOT NULL PRIMARY KEY,
    invoice_number INTEGER NOT NULL REFERENCES invoice (number),
    received_on    DATE NOT NULL,
    amount_cents   BIGINT NOT NULL CHECK (amount_cents > 0)
);

CREATE INDEX payment_invoice ON payment (invoice_number);

CREATE TABLE reminder (
    invoice_number INTEGER NOT NULL REFERENCES invoice (number),
    level          INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
    sent_on        DATE NOT NULL,
    sent_by        TEXT NOT NULL REFERENCES account (login),
    PRIMARY KEY (invoice_number, level)
);

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

CREATE VIEW open_invoice AS
SELECT
    invoice.number,
    invoice.customer_number,
    invoice.due_on,
    total.cents - COALESCE(paid.cents, 0) AS owed_cents
FROM invoice
JOIN (
    SELECT invoice_number, SUM(quantity * unit_price_cents) AS cents
    FROM invoice_line
    GROUP BY invoice_number
) AS total ON total.invoice_number = invoice.number
LEFT JOIN (
    SELECT invoice_number, SUM(amount_cents) AS cents
    FROM payment
    GROUP BY invoice_number
) AS paid ON paid.invoice_number = invoice.number
WHERE invoice.status = 'sent';
