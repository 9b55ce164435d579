-- Create the orders.

-- migrate:up
CREATE TABLE "order" (id integer NOT NULL PRIMARY KEY);

-- migrate:down
DROP TABLE "order";
