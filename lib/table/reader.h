// Reads a table as a stream of batches in bounded memory. Every column arrives as text, exactly as it stood in the
// input; types are given later by table/cast.h. Column names are made unique: an empty one becomes "column3" after
// its place, the second "x" becomes "x_2".
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/sink.h"
#include "table/batch.h"

namespace aml::table {

enum class Format : uint8_t { detect, csv, tsv, jsonl, excel };
std::optional<Format> parse_format(std::string_view name);  // "csv", "tsv", "jsonl", "excel"
std::string_view name_of(Format format);

// What to do with a record that has more or fewer fields than the header.
enum class Ragged : uint8_t {
  refuse,  // bad_data with the line, the default
  pad,     // missing cells at the end; surplus cells are still refused
};

struct ReadOptions {
  Format format = Format::detect;      // by file name, else by the first bytes
  std::optional<char> separator = {};  // csv: comma unless given
  bool has_header = true;              // without: columns are named column1, column2, …
  Ragged ragged = Ragged::refuse;
  std::vector<std::string> missing = {};  // unquoted words (JSON: strings) that mean "no value", besides an empty field
  size_t batch_rows = kBatchRows;         // batches of very long records have fewer
  size_t record_bytes_max = size_t{16} << 20;  // at most kRecordBytesLimit
  size_t block_bytes = size_t{256} << 10;      // read at once; no result depends on it
};
inline constexpr size_t kRecordBytesLimit = size_t{512} << 20;

class Reader {
 public:
  virtual ~Reader() = default;
  virtual const SchemaPtr& schema() const = 0;
  virtual Result<std::optional<Batch>> next() = 0;  // nothing at the end
};

// `name` is for messages. `cancel` may be null; it is looked at once per batch.
Result<std::unique_ptr<Reader>> open_reader(std::unique_ptr<Source> source, std::string name,
                                            const ReadOptions& options, const Cancel* cancel);

Result<Table> read_all(Reader& reader);

// By the ending of a name: .csv, .tsv, .tab, .jsonl, .ndjson, .json; detect for any other.
Format format_of_name(std::string_view name);

}  // namespace aml::table
