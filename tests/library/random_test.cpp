#include "history/random_history.hpp"
#include "library/application.hpp"
#include "library/connection.hpp"

namespace retort {
namespace {

/// The revisions of a model: each makes a table.
std::vector<RevisionText> texts_of(const Model& model) {
  std::vector<RevisionText> texts;
  for (const auto& [id, parents] : model.parents) {
    const IdSet& dependencies = model.dependencies.at(id);
    std::string text = "-- Revises: " + (parents.empty() ? "base" : joined(parents)) + "\n";
    text += dependencies.empty() ? "" : "-- Depends-On: " + joined(dependencies) + "\n";
    text += model.labels.contains("label_" + id) ? "-- Branch: label_" + id + "\n" : "";
    text += "-- migrate:up\nCREATE TABLE r" + id + " (a);\n-- migrate:down\nDROP TABLE r" + id + ";\n";
    texts.emplace_back(id, text);
  }
  return texts;
}

/// What the tables of revisions, and the rows, must be.
std::string listed(const IdSet& ids) {
  std::string text;
  for (const std::string& id : ids) {
    text += id + "\n";
  }
  return text;
}

class RandomMigrations {
public:
  RandomMigrations(RandomHistory& made, const Model& model, std::mt19937& random)
      : made_(made), model_(model), random_(random), application_(texts_of(model), {Dialect::sqlite}) {}

  void run() {
    for (int part = 0; part < 6 && !testing::Test::HasFailure(); ++part) {
      const bool joins = random_() % 2 == 0;
      const IdSet before = state_;
      if (joins) {
        client_.run("BEGIN");
      }
      for (std::size_t count = 1 + random_() % 3; count > 0; --count) {
        migrate();
      }
      if (joins && random_() % 2 == 0) {
        client_.run("ROLLBACK");
        state_ = before;
      } else if (joins) {
        client_.run("COMMIT");
      }
      compare();
    }
  }

private:
  void migrate() {
    const TargetParts target = made_.any_target(3);
    const bool up = random_() % 3 != 0;
    Options options;
    options.target = target.text();
    options.out_of_order = true;
    options.transactions = random_() % 2 == 0 ? Transactions::all : Transactions::each;
    const std::optional<IdSet> expected = up ? model_.upgraded(state_, target) : model_.downgraded(state_, target);
    std::size_t steps = 0;
    try {
      const Report report =
          up ? client_.upgrade(application_, options) : client_.downgrade(application_, options.target, options);
      EXPECT_TRUE(expected) << target.text();
      steps = report.committed.size();
    } catch (const Error& error) {
      EXPECT_FALSE(expected) << target.text() << "\n" << error.what();
      EXPECT_EQ(error.reason(), Error::Reason::request) << error.what();
    }
    const IdSet after = expected.value_or(state_);
    EXPECT_EQ(steps, up ? after.size() - state_.size() : state_.size() - after.size()) << target.text();
    state_ = after;
    compare();
  }

  void compare() {
    EXPECT_EQ(client_.run("SELECT substr(name, 2) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'retort%' "
                          "ORDER BY 1"),
              listed(state_));
    if (client_.run("SELECT count(*) FROM sqlite_schema WHERE name = 'retort_revisions'") == "1\n") {
      EXPECT_EQ(client_.run("SELECT id FROM retort_revisions ORDER BY id"), listed(state_));
    }
    EXPECT_EQ(client_.check(application_).standing,
              state_.size() == model_.parents.size() ? Standing::current : Standing::behind);
  }

  RandomHistory& made_;
  const Model& model_;
  std::mt19937& random_;
  Application application_;
  SqliteClient client_{":memory:"};
  IdSet state_;
};

TEST(Library, MigratesAsTheModelSays) {
  std::mt19937 random(1);
  for_random_histories([&](RandomHistory& made, const History& history, const Model& model) {
    random.seed(static_cast<std::uint32_t>(std::hash<std::string>{}(ids(history, history.order()))));
    RandomMigrations(made, model, random).run();
  });
}

} // namespace
} // namespace retort
