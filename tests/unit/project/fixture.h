// A folder of its own for each test, gone afterwards, with short ways to put files into it.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "os/process.h"
#include "temporary_folder.h"

namespace aml::test {

class ScratchFolder {
 public:
  ScratchFolder() : path_(std::filesystem::canonical(folder_.path())) {}

  const Path& path() const { return path_; }
  Path operator/(const std::string& name) const { return path_ / name; }

  void write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << content;
  }
  std::string read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  aml::TemporaryFolder folder_;
  Path path_;  // without symbolic links
};

// stdout of a program that must exist and succeed.
inline std::string output_of(const std::vector<std::string>& argv, const Path& directory) {
  auto process = os::HelperProcess::start(argv, directory);
  REQUIRE(process.ok());
  auto output = process->finish(size_t{64} << 20);
  REQUIRE(output.ok());
  REQUIRE(output->end.shell_status() == 0);
  return output->text;
}

inline bool has_git() {
  auto process = os::HelperProcess::start({"git", "--version"}, "/");
  return process.ok() && process->finish(4096).ok();
}

}  // namespace aml::test
