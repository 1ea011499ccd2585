// A second table for steps that read one: a file in a folder of its own, gone with the object.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "os/atomic_file.h"

namespace aml::prep {

class OtherFile {
 public:
  explicit OtherFile(std::string_view text) {
    std::string folder = (std::filesystem::temp_directory_path() / "aml-prep-XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    folder_ = folder;
    REQUIRE(os::write_file_atomically(path(), text, os::Overwrite::no).ok());
  }
  ~OtherFile() { static_cast<void>(os::remove_tree(folder_)); }
  OtherFile(const OtherFile&) = delete;
  OtherFile& operator=(const OtherFile&) = delete;

  std::string path() const { return (folder_ / "other.csv").string(); }

 private:
  Path folder_;
};

}  // namespace aml::prep
