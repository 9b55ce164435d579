# add_order.sh ID [STATUS]: adds an order to those of DATABASE_URL, which is then the second one there.
run() {
  case $DATABASE_URL in
    sqlite:*) sqlite3 "${DATABASE_URL#sqlite:}" "$1" ;;
    *) psql -XAqtd "$DATABASE_URL" -c "$1" ;;
  esac
}
run "INSERT INTO \"order\" VALUES ($1)" && [ "$(run 'SELECT count(*) FROM "order"')" = 2 ] || exit 9
echo "order $1 in $DATABASE_URL"
exit "${2:-0}"
