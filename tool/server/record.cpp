#include "server/record.hpp"

#include "text/diagnostic.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {

bool ServerRecord::is_wanted() const { return until_stopped || (watched && is_alive(*watched)); }

std::optional<ServerRecord> load_record(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) {
    return {};
  }
  try {
    const auto json = nlohmann::json::parse(read_file(path));
    ServerRecord record;
    record.directory = json.at("directory").get<std::string>();
    record.data = json.at("data").get<std::string>();
    record.socket_directory = json.at("socket_directory").get<std::string>();
    record.uri = json.at("uri").get<std::string>();
    record.until_stopped = json.at("until_stopped").get<bool>();
    record.bindir = json.at("bindir").get<std::string>();
    record.settings = json.at("settings").get<std::vector<Setting>>();
    if (const auto& process = json.at("watched"); !process.is_null()) {
      record.watched = {process.at("pid").get<pid_t>(), process.at("started").get<std::uint64_t>()};
    }
    if (record.directory != path.parent_path()) {
      return {};
    }
    return record;
  } catch (const nlohmann::json::exception&) {
    return {};
  }
}

void save_record(const std::filesystem::path& path, const ServerRecord& record) {
  nlohmann::ordered_json json = {{"directory", record.directory.string()},
                                 {"data", record.data.string()},
                                 {"socket_directory", record.socket_directory.string()},
                                 {"uri", record.uri},
                                 {"bindir", record.bindir.string()},
                                 {"settings", record.settings},
                                 {"until_stopped", record.until_stopped},
                                 {"watched", nullptr}};
  if (record.watched) {
    json["watched"] = {{"pid", record.watched->pid}, {"started", record.watched->started}};
  }
  try {
    write_file(path, json.dump(2) + "\n");
  } catch (const nlohmann::json::type_error&) {
    throw Failure(Exit::usage, {Severity::error,
                                "the path of a private server must be valid UTF-8",
                                locate(record.directory.string()),
                                {},
                                "choose another directory"});
  }
}

} // namespace retort
