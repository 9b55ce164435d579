# PostgreSQL's schema is written by a test.

configure -DSERVER=ON
build
succeed in_ctest --output-on-failure
expect "app_pg.dump" "100% tests passed"
expect_equal "the schema" "CREATE TABLE public.note (
  id integer NOT NULL,
  text text NOT NULL,
  CONSTRAINT note_pkey PRIMARY KEY (id)
);" "$(cat "$build/app/postgresql/schema.sql")"
