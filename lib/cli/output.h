// Standard output: records in the form the user asked for, one id, or raw data. Remembers the first write error, so
// that a full disk ends in exit code 7 and a closed pipe in a silent 141.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/sink.h"
#include "text/fields.h"

namespace aml::cli {

enum class Form : uint8_t { people, json, tsv, ids };

class Printer {
 public:
  virtual ~Printer() = default;

  virtual Form form() const = 0;
  virtual bool is_terminal() const = 0;
  virtual int columns() const = 0;

  // A record of a list (Output::records: aligned table for people) or the one record (Output::record: a block).
  // People's table and TSV are kept until the end, to align columns and to know all of them; JSON and ids stream.
  virtual Status record(const text::Fields& record) = 0;
  virtual Status id(std::string_view id) = 0;  // one line (NUL-terminated with -0; {"type":…,"id":…} with --json)
  virtual Status line(std::string_view line) = 0;  // text for people only; nothing in other forms

  // Raw bytes: stdout, or the -o file, which appears only if the command succeeds.
  virtual Sink& data() = 0;
  virtual std::string_view data_name() const = 0;  // of the -o file; empty for stdout
  virtual Result<Sink*> binary_data() = 0;  // the same for bytes that garble a terminal: refused there without -o -
};

}  // namespace aml::cli
