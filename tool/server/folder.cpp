#include "server/folder.hpp"

namespace retort {

ServerFolder::ServerFolder(const std::filesystem::path& directory)
    : path_(std::filesystem::absolute(directory).lexically_normal()) {
  if (!path_.has_filename()) {
    path_ = path_.parent_path();
  }
}

} // namespace retort
