// The flags every command has, and those its kind of output brings: the same records as a command's own flags, so
// that parser, help, man page and completions see one list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/spec.h"

namespace aml::cli {

struct CommonFlags {
  bool short_help = false;
  bool full_help = false;
  bool version = false;
  bool print_config = false;
  int64_t verbose = 0;
  bool quiet = false;
  bool json = false;
  bool tsv = false;
  bool ids = false;
  bool null_terminated = false;
  bool force = false;
  bool dry_run = false;
  bool no_progress = false;
  bool no_input = false;
  std::optional<std::string> output_file;
  std::optional<std::string> color;
  std::optional<std::string> store;
  std::optional<std::string> config;
  std::optional<std::string> directory;
  std::optional<uint64_t> threads;
  std::optional<uint64_t> seed;
};

std::vector<Flag> common_flags(CommonFlags& values);
std::vector<Flag> output_flags(const Spec& spec, CommonFlags& values);

// The command's own flags, then those of its output, then the common ones.
std::vector<Flag> all_flags(const Spec& spec, CommonFlags& values);

bool takes_value(const Flag& flag);
bool is_many(const Flag& flag);           // may be given more than once, each time with a value
std::string spelled(const Flag& flag);    // "--limit", or "-h" when there is no long name
std::string signature(const Flag& flag);  // "-n, --limit N"

// "FILE", "[FILE]", "FILE…" or "[FILE…]", as usage lines say it.
std::string signature(const Positional& positional);

}  // namespace aml::cli
