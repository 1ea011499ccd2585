// Standard output: records in the form the user asked for, one id, or raw data. Remembers the first write error, so
// that a full disk ends in exit code 7 and a closed pipe in a silent 141.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/sink.h"
#include "text/fields.h"

namespace aml::cli {

enum class Form : uint8_t { people, json, tsv, ids };

class Output {
 public:
  virtual ~Output() = default;

  virtual Form form() const = 0;
  virtual bool is_terminal() const = 0;
  virtual int columns() const = 0;

  // A record of a list (Output::records: aligned table for people) or the one record (Output::record: a block).
  // A table of people's form is kept until the end to align its columns; other forms stream.
  virtual Status record(const text::Fields& record) = 0;
  virtual Status id(std::string_view id) = 0;  // one line (NUL-terminated with -0; {"type":…,"id":…} with --json)
  virtual Status line(std::string_view line) = 0;  // text for people only; nothing in other forms

  // Raw bytes: stdout, or the -o file, which appears only if the command succeeds.
  virtual Sink& data() = 0;
};

}  // namespace aml::cli
