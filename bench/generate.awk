# Writes COUNT revisions of two or three statements each, for both dialects, into the folder DIRECTORY, and what they do
# upwards, one after the other, to the file PLAIN.
BEGIN {
  parent = "base"
  for (number = 1; number <= count; number++) {
    id = sprintf("20260101%06d", number)
    table = "item_" number
    up = "CREATE TABLE " table " (\n" \
         "    id         INTEGER PRIMARY KEY,\n" \
         "    name       VARCHAR(100) NOT NULL DEFAULT 'it''s new',\n" \
         "    price      NUMERIC(12, 2) CHECK (price >= 0), -- in cents\n" \
         "    created_on DATE NOT NULL DEFAULT CURRENT_DATE\n" \
         ");\n" \
         "CREATE INDEX " table "_name ON " table " (name, created_on);\n"
    if (number % 2 == 0) {
      up = up "INSERT INTO " table " (id, name, price) VALUES (1, 'first; of " number "', 100), (2, 'second', 250);\n"
    }
    file = directory "/" id "_create_" table ".sql"
    printf "-- Create %s.\n--\n-- Revises: %s\n\n-- migrate:up\n%s\n-- migrate:down\nDROP TABLE %s;\n",
           table, parent, up, table > file
    close(file)
    printf "%s", up > plain
    parent = id
  }
}
