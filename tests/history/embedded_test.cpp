#include "history/embedded.hpp"
#include "history/resolve.hpp"
#include "plan/stream.hpp"
#include "random_history.hpp"
#include "revision/reader.hpp"
#include "support/embedded.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

namespace retort {
namespace {

/// Texts have files without a folder, and their embedded form lies in `.`.
std::string shown(std::string_view path) { return std::string(path.substr(path.starts_with("./") ? 2 : 0)); }

std::string shown(const Source& source) { return fmt::format("{}:\n{}\n", shown(source.path()), source.text()); }

std::string shown(std::string_view what, const std::vector<Reference>& references) {
  std::string out = fmt::format("{}:", what);
  for (const Reference& reference : references) {
    out += fmt::format(" {}@{}+{}", reference.name, reference.offset, reference.length);
  }
  return out + "\n";
}

std::string shown(const Change& change) {
  std::string out;
  for (const Unit& unit : change.units) {
    out += fmt::format("unit {} {}\n", unit.transactional, unit.checksum);
    for (const auto& [source, statement] : unit.pieces) {
      out += fmt::format("{} {} {} {}\n", shown(source->path()), statement.offset, statement.length,
                         static_cast<int>(statement.kind));
    }
  }
  return out;
}

/// Everything that a history says, but for the sections.
std::string shown(const History& history) {
  std::string out = fmt::format("bases {} heads {} order {}\n", history.bases(), history.heads(), history.order());
  for (Index index = 0; index < history.size(); ++index) {
    const Revision& revision = history[index];
    out += fmt::format("{} | {} | {} | {} | {}\n", revision.id, revision.message, shown(revision.path),
                       revision.checksum, revision.cuts_transaction);
    out += shown(*revision.head);
    out += revision.revises ? shown("revises", *revision.revises) : "follows\n";
    out += shown("depends on", revision.depends_on) + shown("labels", revision.labels);
    out += fmt::format("{} {} {} {} {}\n", history.parents(index), history.children(index), history.dependencies(index),
                       history.dependents(index), history.find(revision.id).value());
    for (const Reference& label : revision.labels) {
      out += fmt::format("{}\n", history.find_label(label.name).value());
    }
    out += shown(revision.up) + (revision.down ? "down\n" + shown(*revision.down) : "irreversible\n");
  }
  return out;
}

std::string shown(const Stream& stream) {
  std::string out = fmt::format("cuts {}\n", stream.cuts);
  for (const Command& command : stream.commands) {
    out += fmt::format("{} {} {} {} {}: {}\n", static_cast<int>(command.kind), command.transactional, command.step,
                       command.source != nullptr ? shown(command.source->path()) : "", command.statement.offset,
                       command.sql());
  }
  return out;
}

/// What runs from the base to all heads, and as far down again as it can go.
std::string streams(const History& history, Dialect dialect) {
  StreamOptions options;
  options.dialect = dialect;
  const State base(history.size());
  Plan up = plan_upgrade(history, base, "heads");
  std::optional<Index> stopped_at;
  Plan down = plan_reversible_downgrade(history, closure(history, history.heads()), "base", stopped_at);
  return shown(render_stream(history, std::move(up), options)) +
         shown(render_stream(history, std::move(down), options)) + std::to_string(stopped_at.value_or(0));
}

void expect_same(const EmbeddedHistory& embedded, const History& history, Dialect dialect) {
  const History opened = open_history(embedded, dialect);
  EXPECT_EQ(shown(opened), shown(history));
  EXPECT_EQ(streams(opened, dialect), streams(history, dialect));
  ASSERT_EQ(embedded.size(), history.size());
  ASSERT_EQ(embedded.head_count(), history.heads().size());
  for (std::size_t number = 0; number < embedded.head_count(); ++number) {
    EXPECT_EQ(embedded.head(number), history.heads()[number]);
  }
  for (Index index = 0; index < history.size(); ++index) {
    EXPECT_EQ(embedded.id(index), history[index].id);
    EXPECT_EQ(embedded.message(index), history[index].message);
    EXPECT_EQ(shown(embedded.path(index)), history[index].path);
    EXPECT_EQ(embedded.checksum(dialect, index), history[index].checksum);
  }
}

/// Embeds a history that was compiled for both dialects, and opens it again.
void expect_same(const History& sqlite, const History& postgresql, const EmbeddedFolder& folder) {
  const CompiledHistory compiled[] = {{Dialect::sqlite, &sqlite}, {Dialect::postgresql, &postgresql}};
  const Embedded embedded(compiled, folder);
  expect_same(embedded.view(), sqlite, Dialect::sqlite);
  expect_same(embedded.view(), postgresql, Dialect::postgresql);
}

/// Files of texts: `migrations/NAME.sql`.
History read(const std::vector<RevisionText>& texts, Dialect dialect) {
  Diagnostics diagnostics;
  History history = History::build(revisions_of(texts, dialect, diagnostics), diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << rendered(diagnostics);
  return history;
}

History read(const std::filesystem::path& directory, Dialect dialect) {
  Diagnostics diagnostics;
  History history =
      History::build(read_revisions(directory, dialect, WayDown::must_work, diagnostics).revisions, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << rendered(diagnostics);
  return history;
}

/// Sections with anything that is not easily carried through a C++ file.
std::string any_sections(std::mt19937& random) {
  static const std::vector<std::string> sections = {
      "-- migrate:up\nCREATE TABLE a (b TEXT DEFAULT '?\?=?\?/ \\ \" ü \x01\x7F');\nDROP TABLE a;\n",
      "-- migrate:up\r\nINSERT INTO a VALUES ('line\r\nend)delim\"', '\\n\\');\r\n\r\n",
      "-- migrate:up transaction:false\nVACUUM;\n/*+ hint */ SELECT 1; -- 123\n",
      "-- migrate:up dialect:postgresql\nALTER TYPE mood ADD VALUE '12';\n",
      "-- migrate:up dialect:postgresql transaction:false\nCREATE INDEX CONCURRENTLY i ON a (b);\n",
      "-- migrate:up dialect:sqlite\nSELECT 'only here'",
      "-- migrate:up\n",
      "-- migrate:down\nDROP TABLE a;\nDROP TABLE b;\n",
      "-- migrate:down transaction:false\nVACUUM;\nVACUUM\n;"};
  std::string text = "-- migrate:up\n";
  for (std::size_t count = random() % 5; count > 0; --count) {
    text += "\n" + sections[random() % sections.size()];
  }
  return text;
}

/// The revisions of a model, as files with any content.
std::vector<RevisionText> any_texts(const Model& model, std::mt19937& random) {
  std::vector<RevisionText> texts;
  for (const auto& [id, parents] : model.parents) {
    const IdSet& dependencies = model.dependencies.at(id);
    std::string text = random() % 4 == 0 ? "\xEF\xBB\xBF" : "";
    text += random() % 2 == 0 ? "-- What it does: ü \"?\?=\".\n" : "";
    text += fmt::format("-- Revises: {}\n", parents.empty() ? "base" : joined(parents));
    text += dependencies.empty() ? "" : fmt::format("-- Depends-On: {}\n", joined(dependencies));
    text += model.labels.contains("label_" + id) ? fmt::format("-- Branch: label_{}\n", id) : "";
    text += random() % 4 == 0 ? "-- Transaction: cut\n" : "";
    texts.emplace_back(id + "_slug", text + any_sections(random));
  }
  return texts;
}

TEST(EmbeddedHistory, GivesBackTheDemo) {
  const std::filesystem::path directory = RETORT_TESTS_DIR "/../migrations";
  expect_same(read(directory, Dialect::sqlite), read(directory, Dialect::postgresql),
              {directory.string(), directory.string()});
}

TEST(EmbeddedHistory, GivesBackRandomHistories) {
  for_random_histories([](RandomHistory&, const History& shape, const Model& model) {
    std::mt19937 random(static_cast<std::uint32_t>(std::hash<std::string>{}(ids(shape, shape.order()))));
    const std::vector<RevisionText> texts = any_texts(model, random);
    expect_same(read(texts, Dialect::sqlite), read(texts, Dialect::postgresql), {"", "."});
  });
}

TEST(EmbeddedHistory, KnowsWhichRevisionFollowsTheOneBefore) {
  const std::vector<RevisionText> texts = {
      {"1", "-- migrate:up\n"}, {"2", "-- migrate:up\n"}, {"3", "-- Revises: 2\n-- migrate:up\n"}};
  const History history = history_of(texts);
  const CompiledHistory compiled[] = {{Dialect::sqlite, &history}};
  const Embedded embedded(compiled);
  const History opened = open_history(embedded.view(), Dialect::sqlite);
  EXPECT_FALSE(opened[0].revises);
  EXPECT_FALSE(opened[1].revises);
  EXPECT_TRUE(opened[2].revises);
  EXPECT_EQ(opened.parents(1).front(), 0U);
}

TEST(EmbeddedHistory, PointsAtTheLinesOfItsFiles) {
  const std::vector<RevisionText> texts = {{"20260101_a", "-- Revises: base\n-- migrate:up\n"},
                                           {"20260102_b", "-- B.\n-- Revises: 2026-01-01\n-- migrate:up\n"},
                                           {"20260103_c", "-- C.\n--\n-- Revises: 20260101\n-- migrate:up\n"}};
  const History history = history_of(texts);
  const CompiledHistory compiled[] = {{Dialect::sqlite, &history}};
  const Embedded embedded(compiled);
  const History opened = open_history(embedded.view(), Dialect::sqlite);
  EXPECT_EQ(opened[1].revises->front().name, "20260101");
  EXPECT_THAT(refusal([&] { resolve_revision(opened, "head"); }),
              testing::StartsWith("1\n"
                                  "migrations/20260103_c.sql:3:13: error: two heads: 20260102, 20260103\n"
                                  "    3 | -- Revises: 20260101\n"
                                  "      |             ^~~~~~~~\n"
                                  "migrations/20260102_b.sql:2:13: note: another head is here\n"
                                  "    2 | -- Revises: 2026-01-01\n"
                                  "      |             ^~~~~~~~~~\n"));
}

TEST(EmbeddedHistory, MayBeEmpty) {
  const History history = history_of({});
  const CompiledHistory compiled[] = {{Dialect::postgresql, &history}};
  const Embedded embedded(compiled);
  EXPECT_EQ(embedded.view().size(), 0U);
  EXPECT_EQ(embedded.view().head_count(), 0U);
  EXPECT_FALSE(embedded.view().has(Dialect::sqlite));
  EXPECT_TRUE(embedded.view().has(Dialect::postgresql));
  EXPECT_EQ(open_history(embedded.view(), Dialect::postgresql).size(), 0U);
}

TEST(EmbeddedHistory, IsReadWhereItStands) {
  const std::string text = "-- migrate:up\nCREATE TABLE a (b);\n";
  const History history = history_of({{"1", text}});
  const CompiledHistory compiled[] = {{Dialect::sqlite, &history}};
  const Embedded embedded(compiled);
  const History opened = open_history(embedded.view(), Dialect::sqlite);
  const std::string_view whole = embedded.view().data().text;
  EXPECT_EQ(opened[0].head->text(), text);
  EXPECT_EQ(opened[0].head->text().data(), whole.data() + whole.find(text));
}

} // namespace
} // namespace retort
