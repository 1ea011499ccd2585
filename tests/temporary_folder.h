// A folder for one test, under $TMPDIR, removed with all its content at the end.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "os/file.h"

namespace aml {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const Path& path() const { return path_; }
  void write(const std::string& name, std::string_view bytes) const;
  std::string read(const std::string& name) const;

 private:
  Path path_;
};

}  // namespace aml
