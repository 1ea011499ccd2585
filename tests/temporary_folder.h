// A folder for one test, under $TMPDIR, removed with all its content at the end.
#pragma once

#include <doctest/doctest.h>
#include <stdlib.h>

#include <string>

#include "os/atomic_file.h"

namespace aml {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "aml-test-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const Path& path() const { return path_; }
  void write(const std::string& name, std::string_view bytes) const {
    REQUIRE(os::write_file_atomically(path_ / name, bytes, os::Overwrite::yes).ok());
  }
  std::string read(const std::string& name) const { return os::read_file(path_ / name).value(); }

 private:
  Path path_;
};

}  // namespace aml
