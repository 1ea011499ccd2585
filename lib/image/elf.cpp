// Elf64_Ehdr and the Elf64_Phdr table behind it, little-endian; layouts in <elf.h>.
#include "image/elf.h"

#include <elf.h>
#include <fmt/format.h>

#include <cstring>

namespace aml::image {
namespace {

Error not_executable(std::string_view name, std::string_view why) {
  return Error{ErrorKind::bad_data, fmt::format("'{}' cannot run in an image: {}", name, why)};
}

std::string_view architecture_of(unsigned machine) {
  switch (machine) {
    case EM_X86_64: return "amd64";
    case EM_AARCH64: return "arm64";
    case EM_PPC64: return "ppc64le";
    case EM_RISCV: return "riscv64";
    default: return {};
  }
}

}  // namespace

Result<Executable> inspect_executable(std::string_view bytes, std::string_view name) {
  Elf64_Ehdr header{};
  if (bytes.size() < sizeof header) return not_executable(name, "it is no ELF file");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return not_executable(name, "it is no ELF file");
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB)
    return not_executable(name, "it is not for a 64-bit little-endian machine");
  if (header.e_type != ET_EXEC && header.e_type != ET_DYN) return not_executable(name, "it is no executable");
  const std::string_view architecture = architecture_of(header.e_machine);
  if (architecture.empty()) return not_executable(name, fmt::format("machine {} is not known", header.e_machine));
  Executable executable{std::string(architecture), true};
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment{};
    if (header.e_phoff > bytes.size() || (i + 1) * sizeof segment > bytes.size() - header.e_phoff)
      return not_executable(name, "it is cut off");
    std::memcpy(&segment, bytes.data() + header.e_phoff + i * sizeof segment, sizeof segment);
    if (segment.p_type == PT_INTERP) executable.is_static = false;
  }
  return executable;
}

}  // namespace aml::image
