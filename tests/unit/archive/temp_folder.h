// A folder of its own for one test, removed afterwards.
#pragma once

#include <stdlib.h>

#include <string>

#include "base/check.h"
#include "os/atomic_file.h"

class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "amltest.XXXXXX").string();
    AML_CHECK(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TempFolder() { static_cast<void>(aml::os::remove_tree(path_)); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const aml::Path& path() const { return path_; }
  void write(const std::string& name, std::string_view bytes) const {
    AML_CHECK(aml::os::write_file_atomically(path_ / name, bytes, aml::os::Overwrite::yes).ok());
  }
  std::string read(const std::string& name) const { return aml::os::read_file(path_ / name).value(); }

 private:
  aml::Path path_;
};
