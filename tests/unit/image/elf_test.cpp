#include "image/elf.h"

#include <doctest/doctest.h>
#include <elf.h>

#include <algorithm>

#include <vector>

#include "os/file.h"

using namespace aml;
using namespace aml::image;

namespace {

std::string elf(std::vector<uint32_t> segment_types, uint16_t machine = EM_X86_64, uint16_t type = ET_EXEC) {
  Elf64_Ehdr header{};
  std::copy_n(ELFMAG, SELFMAG, reinterpret_cast<char*>(header.e_ident));
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_type = type;
  header.e_machine = machine;
  header.e_phoff = sizeof header;
  header.e_phnum = static_cast<Elf64_Half>(segment_types.size());
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
  for (const uint32_t segment_type : segment_types) {
    Elf64_Phdr segment{};
    segment.p_type = segment_type;
    bytes.append(reinterpret_cast<const char*>(&segment), sizeof segment);
  }
  return bytes;
}

std::string why_not(const std::string& bytes) {
  const auto executable = inspect_executable(bytes, "f");
  REQUIRE_FALSE(executable.ok());
  CHECK(executable.error().kind == ErrorKind::bad_data);
  return executable.error().message;
}

}  // namespace

TEST_CASE("a static executable is told from one that needs a loader") {
  CHECK(inspect_executable(elf({PT_LOAD, PT_LOAD}), "f").value().is_static);
  CHECK_FALSE(inspect_executable(elf({PT_LOAD, PT_INTERP}), "f").value().is_static);
  CHECK(inspect_executable(elf({PT_LOAD}, EM_X86_64, ET_DYN), "f").value().is_static);  // static-pie
}

TEST_CASE("the machine becomes the architecture") {
  CHECK(inspect_executable(elf({}), "f").value().architecture == "amd64");
  CHECK(inspect_executable(elf({}, EM_AARCH64), "f").value().architecture == "arm64");
  CHECK(why_not(elf({}, EM_68K)) == "'f' cannot run in an image: machine 4 is not known");
}

TEST_CASE("what is no executable is refused") {
  CHECK(why_not("") == "'f' cannot run in an image: it is no ELF file");
  CHECK(why_not("#!/bin/sh\n" + std::string(100, ' ')) == "'f' cannot run in an image: it is no ELF file");
  CHECK(why_not(elf({}, EM_X86_64, ET_REL)) == "'f' cannot run in an image: it is no executable");
  const std::string whole = elf({PT_LOAD, PT_LOAD});
  CHECK(why_not(whole.substr(0, whole.size() - 1)) == "'f' cannot run in an image: it is cut off");
  std::string narrow = whole;
  narrow[EI_CLASS] = ELFCLASS32;
  CHECK(why_not(narrow) == "'f' cannot run in an image: it is not for a 64-bit little-endian machine");
}

TEST_CASE("this test needs shared libraries") {
  const std::string self = os::read_file("/proc/self/exe").value();
  CHECK_FALSE(inspect_executable(self, "self").value().is_static);
}
