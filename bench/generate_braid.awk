# Writes COUNT revisions that fork and merge, two lines that meet in every tenth revision, into the folder DIRECTORY as
# Retort's files and, where VERSIONS is given, into that folder as Alembic's.
function id_of(number) { return sprintf("20260101%06d", number) }

BEGIN {
  for (number = 1; number <= count; number++) {
    place = number % 10
    if (number == 1) {
      parents = ""
    } else if (place == 1) {
      parents = id_of(number - 2) " " id_of(number - 1)
    } else {
      parents = id_of(place == 2 || place == 3 ? number - place + 1 : number - 2)
    }
    list = parents == "" ? "base" : parents
    gsub(" ", ", ", list)
    file = directory "/" id_of(number) "_change.sql"
    printf "-- Change %d.\n--\n-- Revises: %s\n\n-- migrate:up\nSELECT %d;\n\n-- migrate:down\n", number, list, number > file
    close(file)
    if (versions != "") {
      quoted = parents
      gsub(" ", "', '", quoted)
      quoted = parents == "" ? "None" : index(parents, " ") ? "('" quoted "')" : "'" quoted "'"
      file = versions "/" id_of(number) "_change.py"
      printf "\"\"\"Change %d.\"\"\"\nfrom alembic import op\n\nrevision = '%s'\ndown_revision = %s\nbranch_labels = None\n" \
             "depends_on = None\n\n\ndef upgrade():\n    op.execute('SELECT %d')\n\n\ndef downgrade():\n    pass\n",
             number, id_of(number), quoted, number > file
      close(file)
    }
  }
}
