/* reference IN_FLIGHT REVISION... < URLS: what an upgrade costs at least. Applies the revisions to each database of the
 * URLs, one a line, with so many in flight on one thread, in as few round trips as there can be: one to take the lock
 * and to see that there is no revision table, one for everything else. Prints its CPU time in milliseconds and its peak
 * memory in KiB. It handles no error but by ending with status 1. */
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { longest_line = 4096, most_in_flight = 64, most_commands = 4096 };

enum state { idle, connecting, greeting, migrating };

struct slot {
  PGconn* connection;
  enum state state;
  short events;
};

static const char* commands[most_commands];
static size_t command_count;

static const char begin_table[] = "CREATE TABLE public.retort_revisions (id text NOT NULL PRIMARY KEY, checksum text "
                                  "NOT NULL, message text NOT NULL, applied_at timestamptz NOT NULL, applied_by text, "
                                  "duration_ms int8, retort_version text NOT NULL)";
static const char take_lock[] = "SELECT pg_catalog.pg_try_advisory_lock(5)";
static const char look[] = "SELECT pg_catalog.to_regclass('public.retort_revisions') IS NULL";
static const char give_lock_back[] = "SELECT pg_catalog.pg_advisory_unlock(5)";

static void fail(const char* what) {
  fprintf(stderr, "reference: %s\n", what);
  exit(1);
}

static void add(const char* sql) {
  if (command_count == most_commands) {
    fail("too many commands");
  }
  commands[command_count++] = sql;
}

static char* contents(const char* path) {
  FILE* file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
    fail(path);
  }
  const long size = ftell(file);
  char* text = calloc((size_t)size + 1, 1);
  rewind(file);
  if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size) {
    fail(path);
  }
  fclose(file);
  return text;
}

/* The statements of a revision's way up, each of which ends a line. */
static void add_revision(const char* path) {
  static const char up[] = "-- migrate:up\n";
  char* text = strstr(contents(path), up);
  if (text == NULL) {
    fail(path);
  }
  text += sizeof up - 1;
  char* end = strstr(text, "\n-- migrate:down");
  if (end != NULL) {
    *end = '\0';
  }
  add("BEGIN");
  for (char* semicolon; (semicolon = strstr(text, ";\n")) != NULL; text = semicolon + 2) {
    *semicolon = '\0';
    add(text);
  }
  const char* slash = strrchr(path, '/');
  const char* name = slash == NULL ? path : slash + 1;
  char* row = malloc(longest_line);
  snprintf(row, longest_line,
           "INSERT INTO public.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, "
           "retort_version) VALUES ('%.14s', '%064d', '%s', pg_catalog.clock_timestamp(), session_user, 1, '0.1.0')",
           name, 0, name);
  add(row);
  add("COMMIT");
}

static void send(PGconn* connection, const char* sql) {
  if (PQsendQueryParams(connection, sql, 0, NULL, NULL, NULL, NULL, 0) != 1) {
    fail(PQerrorMessage(connection));
  }
}

static void start(struct slot* slot) {
  static char url[longest_line];
  slot->state = idle;
  if (fgets(url, sizeof url, stdin) == NULL) {
    return;
  }
  url[strcspn(url, "\n")] = '\0';
  slot->connection = PQconnectStart(url);
  slot->state = connecting;
  slot->events = POLLOUT;
}

static void connect_further(struct slot* slot) {
  switch (PQconnectPoll(slot->connection)) {
  case PGRES_POLLING_READING: slot->events = POLLIN; return;
  case PGRES_POLLING_WRITING: slot->events = POLLOUT; return;
  case PGRES_POLLING_OK: break;
  default: fail(PQerrorMessage(slot->connection));
  }
  PQsetnonblocking(slot->connection, 1);
  PQenterPipelineMode(slot->connection);
  send(slot->connection, take_lock);
  send(slot->connection, look);
  PQpipelineSync(slot->connection);
  slot->state = greeting;
}

/* Whether everything up to the synchronisation point was answered. */
static int is_answered(struct slot* slot) {
  if (PQconsumeInput(slot->connection) != 1) {
    fail(PQerrorMessage(slot->connection));
  }
  while (!PQisBusy(slot->connection)) {
    PGresult* result = PQgetResult(slot->connection);
    const ExecStatusType status = result == NULL ? PGRES_COMMAND_OK : PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_PIPELINE_SYNC) {
      fail(PQresultErrorMessage(result));
    }
    if (slot->state == greeting && status == PGRES_TUPLES_OK && strcmp(PQgetvalue(result, 0, 0), "t") != 0) {
      fail("the database is locked, or is not empty");
    }
    PQclear(result);
    if (status == PGRES_PIPELINE_SYNC) {
      return 1;
    }
  }
  return 0;
}

static void go_on(struct slot* slot) {
  if (slot->state == connecting) {
    connect_further(slot);
  } else if (is_answered(slot)) {
    if (slot->state == migrating) {
      PQfinish(slot->connection);
      start(slot);
      return;
    }
    for (size_t i = 0; i < command_count; ++i) {
      send(slot->connection, commands[i]);
    }
    PQpipelineSync(slot->connection);
    slot->state = migrating;
  }
  if (slot->state != connecting) {
    slot->events = PQflush(slot->connection) == 1 ? POLLIN | POLLOUT : POLLIN;
  }
}

int main(int count, char** arguments) {
  const int in_flight = count > 1 ? atoi(arguments[1]) : 0;
  if (in_flight < 1 || in_flight > most_in_flight) {
    fail("usage: reference IN_FLIGHT REVISION... < URLS");
  }
  add(begin_table);
  for (int i = 2; i < count; ++i) {
    add_revision(arguments[i]);
  }
  add(give_lock_back);
  struct slot slots[most_in_flight];
  for (int i = 0; i < in_flight; ++i) {
    start(&slots[i]);
  }
  for (;;) {
    struct pollfd sockets[most_in_flight];
    int busy = 0;
    for (int i = 0; i < in_flight; ++i) {
      busy += slots[i].state != idle;
      sockets[i].fd = slots[i].state == idle ? -1 : PQsocket(slots[i].connection);
      sockets[i].events = slots[i].events;
    }
    if (busy == 0) {
      break;
    }
    poll(sockets, (nfds_t)in_flight, -1);
    for (int i = 0; i < in_flight; ++i) {
      if (slots[i].state != idle && sockets[i].revents != 0) {
        go_on(&slots[i]);
      }
    }
  }
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("%ld %ld\n",
         (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
             (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000,
         usage.ru_maxrss);
  return 0;
}
