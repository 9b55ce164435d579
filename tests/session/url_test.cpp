#include "session/url.hpp"
#include "support/rendered.hpp"

#include <gtest/gtest.h>

#include <random>

namespace retort {
namespace {

std::string shown(const std::string& text) {
  const Url url = parse_url(text);
  return std::string(name(url.dialect)) + " " + url.display();
}

constexpr const char* unknown =
    "2\nerror: this is no database URL that Retort knows\n"
    "hint: write sqlite:file.db, sqlite:/absolute/file.db, postgresql://user@host/name, or host=… dbname=…\n";

constexpr const char* unescaped = "2\nerror: the database URL holds an '@' or '/' that is not part of its form\n"
                                  "hint: in a user's name or password, write @ as %40, / as %2F and : as %3A\n";

TEST(Url, TakesEveryForm) {
  EXPECT_EQ(shown("sqlite:app.db"), "sqlite sqlite:app.db");
  EXPECT_EQ(shown("sqlite:/srv/app.db"), "sqlite sqlite:/srv/app.db");
  EXPECT_EQ(shown("sqlite::memory:"), "sqlite sqlite::memory:");
  EXPECT_EQ(shown("sqlite:a folder/ä=1.db"), "sqlite sqlite:a folder/ä=1.db");
  EXPECT_EQ(shown("postgresql://"), "postgresql postgresql://");
  EXPECT_EQ(shown("postgres:///app"), "postgresql postgres:///app");
  EXPECT_EQ(shown("postgresql://ann@db1:5432,db2/app"), "postgresql postgresql://ann@db1:5432,db2/app");
  EXPECT_EQ(shown("postgresql://[::1]:5432/app"), "postgresql postgresql://[::1]:5432/app");
  EXPECT_EQ(shown("host=db dbname=app"), "postgresql host=db dbname=app");
  EXPECT_EQ(shown("service=app"), "postgresql service=app");
  EXPECT_EQ(shown(" dbname = app"), "postgresql dbname=app");
  EXPECT_EQ(parse_url("postgresql://ann:pw@db/app").target, "postgresql://ann:pw@db/app");
}

TEST(Url, RefusesWhatItCannotKnow) {
  for (const char* text :
       {"", "sqlite:", "sqlite:///app.db", "app.db", "mysql://host/app", "Host=db", "=x", "postgresql:/x"}) {
    EXPECT_EQ(refusal([&] { parse_url(text); }), unknown) << text;
  }
}

TEST(Url, ShowsNoPasswordOfAUri) {
  EXPECT_EQ(shown("postgresql://ann:secret@db/app"), "postgresql postgresql://ann@db/app");
  EXPECT_EQ(shown("postgresql://ann:se:cret@db/app"), "postgresql postgresql://ann@db/app");
  EXPECT_EQ(shown("postgresql://ann:se?cret@db/app"), "postgresql postgresql://ann@db/app");
  EXPECT_EQ(shown("postgresql://ann:se#cret@db/app"), "postgresql postgresql://ann@db/app");
  EXPECT_EQ(shown("postgresql://:secret@db/app"), "postgresql postgresql://@db/app");
  EXPECT_EQ(shown("postgresql://db/app?user=ann&password=secret"), "postgresql postgresql://db/app");
  EXPECT_EQ(shown("postgresql://db?password=secret"), "postgresql postgresql://db");
}

TEST(Url, S4_RefusesAPasswordThatLibpqWouldTakeApart) {
  for (const char* text :
       {"postgresql://ann:se/cret@db/app", "postgresql://ann:se@cret@db/app", "postgresql://ann:s/e?cret@db/app",
        "postgres://ann:se@cr/et@db", "postgresql://ann:se@cr?et@db"}) {
    EXPECT_EQ(refusal([&] { parse_url(text); }), unescaped) << text;
  }
}

TEST(Url, ShowsNoPasswordOfAKeywordString) {
  EXPECT_EQ(shown("host=db password=secret dbname=app"), "postgresql host=db dbname=app");
  EXPECT_EQ(shown("password='a host=secret' host=db"), "postgresql host=db");
  EXPECT_EQ(shown("password = 'a\\' host=secret' host = db"), "postgresql host=db");
  EXPECT_EQ(shown("password=a\\ host=secret port=1"), "postgresql port=1");
  EXPECT_EQ(shown("password=secret"), "postgresql postgresql");
  EXPECT_EQ(shown("host=db password='secret"), "postgresql postgresql");
  EXPECT_EQ(shown("host=db secret"), "postgresql postgresql");
  EXPECT_EQ(shown("host='my db' sslpassword=secret"), "postgresql host=my db");
  EXPECT_EQ(shown("dbname=postgresql://ann:secret@db/app host=x"), "postgresql host=x");
  EXPECT_EQ(shown("dbname='password=secret' host=x"), "postgresql host=x");
}

/// A password in every form, with every character that could end it early; what is shown must not hold it.
TEST(Url, NeverShowsAPassword) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyz0123456789";
  constexpr std::string_view tricky = " '\\\"%&=#?:;,[]()@/\t\n$";
  std::mt19937 random(20261122);
  const auto pick = [&](std::string_view from) { return from[random() % from.size()]; };
  for (int round = 0; round < 20'000; ++round) {
    std::string secret;
    for (int i = 0; i < 6; ++i) {
      secret += pick(plain);
    }
    std::string password = secret;
    password.insert(random() % (password.size() + 1), 1, pick(tricky));
    password.insert(random() % (password.size() + 1), 1, pick(tricky));
    std::string quoted;
    for (const char c : password) {
      quoted += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    for (const std::string& text :
         {"postgresql://USER:" + password + "@HOST/NAME", "postgresql://HOST/?password=" + password,
          "password='" + quoted + "' host=HOST", "host=HOST password = '" + quoted + "'"}) {
      std::string display;
      try {
        display = parse_url(text).display();
      } catch (const Failure& failure) {
        display = rendered(failure.diagnostics());
        if (display == std::string(unescaped).substr(2) || display == std::string(unknown).substr(2)) {
          continue;
        }
      }
      for (const char c : secret) {
        if (std::string("postgresql://USER@HOST/NAME?host=HOST").find(c) == std::string::npos) {
          EXPECT_EQ(display.find(c), std::string::npos) << text << "\n" << display;
        }
      }
    }
  }
}

} // namespace
} // namespace retort
