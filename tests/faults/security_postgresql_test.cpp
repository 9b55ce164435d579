#include "faults/postgresql_fault.hpp"

#include <cstdlib>

namespace retort {
namespace {

class PostgresqlSecurityTest : public PostgresqlFault {
protected:
  void SetUp() override {
    PostgresqlFault::SetUp();
    if (!database_) {
      return;
    }
    tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\n");
    role_ = database_->name() + "_mallory";
    run("CREATE ROLE " + role_ + "; GRANT CREATE ON SCHEMA public TO " + role_);
  }
  void TearDown() override {
    if (database_) {
      run("DROP OWNED BY " + role_ + " CASCADE");
      run("DROP ROLE " + role_);
    }
  }

  static std::string refused(const std::string& table) {
    return "exit 3\n--- err\nerror: public." + table +
           " is not the plain table that Retort creates\nnote: no revision was committed\n"
           "hint: somebody else owns it, or it has triggers, rules, policies, defaults or checks, which would run with "
           "your "
           "rights; find out who made it, and drop or repair it\n";
  }

  static std::string columns() {
    return "(id text NOT NULL PRIMARY KEY, checksum text NOT NULL, message text NOT NULL, applied_at timestamptz NOT "
           "NULL, "
           "applied_by text, duration_ms int8, retort_version text NOT NULL)";
  }

  std::string role_;
};

TEST_F(PostgresqlSecurityTest, S1_ATableOfAnotherRoleIsRefused) {
  run("SET ROLE " + role_ + "; CREATE TABLE public.retort_revisions " + columns());
  EXPECT_EQ(upgrade(), refused("retort_revisions"));
  EXPECT_EQ(run("SELECT to_regclass('a')"), "\n");
}

TEST_F(PostgresqlSecurityTest, S1_ATriggerIsRefused) {
  run("CREATE TABLE public.retort_revisions " + columns() +
      "; CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
      "CREATE TRIGGER t BEFORE INSERT ON public.retort_revisions FOR EACH ROW EXECUTE FUNCTION public.f()");
  EXPECT_EQ(upgrade(), refused("retort_revisions"));
}

TEST_F(PostgresqlSecurityTest, S1_AViewARuleAPolicyADefaultOrACheckIsRefused) {
  for (const std::string& sql : {std::string("CREATE VIEW public.retort_revisions AS SELECT ''::text AS id"),
                                 "CREATE TABLE public.retort_revisions " + columns() +
                                     "; CREATE RULE r AS ON INSERT TO public.retort_revisions DO ALSO NOTIFY x",
                                 "CREATE TABLE public.retort_revisions " + columns() +
                                     "; ALTER TABLE public.retort_revisions ENABLE ROW LEVEL SECURITY",
                                 "CREATE TABLE public.retort_revisions " + columns() +
                                     "; ALTER TABLE public.retort_revisions ALTER applied_by SET DEFAULT 'x'",
                                 "CREATE TABLE public.retort_revisions " + columns() +
                                     "; ALTER TABLE public.retort_revisions ADD CHECK (id <> 'x')",
                                 "CREATE TABLE public.retort_revisions " + columns() +
                                     "; CREATE INDEX ON public.retort_revisions (lower(id))"}) {
    run(sql);
    EXPECT_EQ(upgrade(), refused("retort_revisions")) << sql;
    run(sql.find("VIEW") == std::string::npos ? "DROP TABLE public.retort_revisions"
                                              : "DROP VIEW public.retort_revisions");
  }
}

TEST_F(PostgresqlSecurityTest, S1_TheJournalIsLookedAtToo) {
  run("SET ROLE " + role_ +
      "; CREATE TABLE public.retort_journal (id text NOT NULL, direction text NOT NULL, unit int8 NOT "
      "NULL PRIMARY KEY, checksum text NOT NULL)");
  EXPECT_EQ(upgrade(), refused("retort_journal"));
}

TEST_F(PostgresqlSecurityTest, S2_FunctionsOfTheSchemaPublicAreNotCalled) {
  const std::string body = " RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''called''; END'";
  run("CREATE FUNCTION public.pg_try_advisory_lock(bigint)" + body);
  run("CREATE FUNCTION public.pg_try_advisory_lock(integer)" + body);
  run("CREATE FUNCTION public.pg_advisory_unlock(bigint)" + body);
  run("CREATE FUNCTION public.to_regclass(text)" + body);
  run("CREATE FUNCTION public.clock_timestamp()" + body);
  run("ALTER DATABASE " + database_->name() + " SET search_path = public, pg_catalog");
  EXPECT_EQ(tool_.run({"upgrade", "head"}).text().substr(0, 42), "exit 0\n--- out\nupgrade base -> 0001  A.\n--");
  EXPECT_EQ(applied(), "0001\n");
}

TEST_F(PostgresqlSecurityTest, S4_NoPasswordInAnyMessage) {
  tool_.environment.erase("DATABASE_URL");
  const std::string host = client().host();
  const std::string port = client().port();
  const std::vector<std::string> urls = {
      "postgresql://nobody_here:Zq9sEcret@/x?host=" + host + "&port=" + port,
      "postgresql://u:Zq9sEcret@127.0.0.1:1/x",
      "host=127.0.0.1 port=1 user=u password=Zq9sEcret",
      "host=127.0.0.1 password='Zq9sEcret' port=x",
      "postgresql://u:Zq9%sEcret@h/x",
      "postgresql://u:Zq9/sEcret@127.0.0.1:1/x",
      "postgresql://u:x@Zq9sEcret@127.0.0.1:1/x",
      "password=Zq9sEcret host",
      "password='Zq9sEcret",
      "nonsense=Zq9sEcret password=sEcret",
  };
  for (const std::string& url : urls) {
    for (const char* format : {"text", "json"}) {
      const Output output = tool_.run({"-u", url, "upgrade", "head", "-v", "--format", format});
      EXPECT_GE(output.status, 2) << url;
      EXPECT_EQ(output.text().find("sEcret"), std::string::npos) << url << "\n" << output.text();
      EXPECT_EQ(output.text().find("Zq9"), std::string::npos) << url << "\n" << output.text();
    }
  }
}

TEST_F(PostgresqlSecurityTest, S7_TextOfADatabaseCannotSteerTheTerminal) {
  ASSERT_EQ(tool_.run({"upgrade", "head"}).status, 0);
  run("INSERT INTO retort_revisions VALUES ('0000', '', E'\\x1b[2J\\x07\\u202e', now(), E'\\x1b]0;x', 1, '0')");
  const Output output = tool_.run({"current", "-v"});
  EXPECT_THAT(output.out, testing::HasSubstr("\\x1b[2J\\x07\\u202e"));
  EXPECT_EQ(output.text().find('\x1b'), std::string::npos);
}

} // namespace
} // namespace retort
