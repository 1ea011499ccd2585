// The command table: one record per command, one per flag. Parsing, -h, --help, man pages and the completions of
// three shells all come from these records and from nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace aml::cli {

// A size flag takes KiB, MiB, …; a duration flag 250ms, 30s, 5m.
struct SizeBytes {
  uint64_t* bytes;
};
struct DurationNs {
  int64_t* ns;
};
// A flag without a value that counts how often it is given: -vv.
struct Count {
  int64_t* times;
};

// What a flag writes into. A bool flag takes no value and has a --no-NAME form if `Flag::negatable`; vectors may be
// given many times; optionals stay empty when the flag is absent.
using Target = std::variant<bool*, std::string*, int64_t*, uint64_t*, double*, std::optional<std::string>*,
                            std::optional<int64_t>*, std::optional<uint64_t>*, std::optional<double>*,
                            std::vector<std::string>*, SizeBytes, DurationNs, Count>;

enum class Group : uint8_t { selection, input, output };

// Dynamic completion: what `TOOL --complete KIND PREFIX` is asked for.
enum class Complete : uint8_t { none, file, directory, run, model, column, choice };

struct Flag {
  char short_name = 0;  // 0: none
  std::string name;     // without the dashes
  std::string value;    // what stands for the value in help, "" for a bool flag
  std::string help;     // one line, with the default and unit
  Target target;
  Group group = Group::selection;
  Complete complete = Complete::none;
  std::vector<std::string> choices = {};  // the only values allowed, if not empty
  bool required = false;
  bool negatable = false;
};

struct Positional {
  std::string name;  // "FILE"
  std::string help;
  std::variant<std::string*, std::optional<std::string>*, std::vector<std::string>*>
      target;  // required, optional, many
  Complete complete = Complete::file;
  size_t min_count = 1;  // for vectors
};

struct Example {
  std::string command;  // copied and pasted as it stands
  std::string what;
};

// What a command prints on stdout, which decides the output flags it gets.
enum class Output : uint8_t {
  none,
  id,       // exactly one id:                    --json -0
  records,  // a list of records:                 --json --tsv --ids -0
  record,   // one record, as a block for people: --json --tsv --ids
  data,     // table data, bytes or text:         -o FILE -f
};

struct Spec {
  std::string name;
  std::string summary;           // lower case, no full stop: "list runs, newest first"
  std::string description = {};  // paragraphs for --help and the man page
  std::vector<Example> examples = {};
  std::vector<Flag> flags = {};
  std::vector<Positional> positionals = {};
  Output output = Output::none;
  bool takes_command_line = false;           // everything after "--" (or the first positional) belongs to a program
  bool dry_run = false;                      // accepts --dry-run and honours Settings::dry_run
  bool hidden = false;                       // not in help, man or completions
  std::vector<std::string> exit_notes = {};  // "1  the runs differ": codes other than 0 and 2
  std::vector<std::string> see_also = {};    // "amlhist-show(1)"
};

}  // namespace aml::cli
