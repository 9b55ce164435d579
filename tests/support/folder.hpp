#pragma once

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace retort {

/// A new folder, removed at the end. All users may enter it; it lies in /tmp, where the paths of sockets are short.
class Folder {
public:
  Folder() {
    if (::mkdtemp(path_.data()) == nullptr || ::chmod(path_.c_str(), 0755) != 0) {
      throw std::runtime_error("no temporary folder");
    }
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path() / name; }

  /// Writes `content` to the file `name`, whose folders are made.
  void write(std::string_view name, std::string_view content) const {
    const std::filesystem::path file = path() / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
  }

  /// `text` with this folder's random name left out, so that messages can be compared.
  std::string without_path(std::string text) const {
    for (std::size_t at = text.find(path_); at != std::string::npos; at = text.find(path_, at)) {
      text.erase(at, path_.size() + (text.substr(at + path_.size(), 1) == "/" ? 1 : 0));
    }
    return text;
  }

private:
  std::string path_ = "/tmp/retort-test-XXXXXX";
};

} // namespace retort
