// A store with a model in it and something that passes for a static scorer.
#pragma once

#include <elf.h>

#include <algorithm>

#include "image/build.h"
#include "store/store.h"
#include "temporary_folder.h"

struct ImageSetting {
  aml::TemporaryFolder folder;
  aml::store::Store store = aml::store::Store::create(folder.path() / ".aml").value();
  aml::store::BlobStore blobs{store.dir()};
  aml::image::ImageOptions options;

  ImageSetting() {
    folder.write("scorer", static_executable());
    options.scorer = folder.path() / "scorer";
    options.model = blobs.put("the ONNX bytes").value();
    options.model_config = R"({"name":"penguins"})";
    options.created = *aml::parse_rfc3339("2026-03-01T10:20:30.987Z");
    options.annotations = {{"org.opencontainers.image.title", "penguins"}, {"org.opencontainers.image.version", "1"}};
  }

  static std::string static_executable() {
    Elf64_Ehdr header{};
    std::copy_n(ELFMAG, SELFMAG, reinterpret_cast<char*>(header.e_ident));
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_type = ET_EXEC;
    header.e_machine = EM_X86_64;
    return std::string(reinterpret_cast<const char*>(&header), sizeof header) + "machine code";
  }
};
