// Reads a table as a stream of batches in bounded memory. Every column arrives as text, exactly as it stood in the
// input; types are given later by table/cast.h. Column names are made unique: an empty one becomes "column3" after
// its place, the second "x" becomes "x_2".
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/sink.h"
#include "table/batch.h"
#include "table/fixed_scanner.h"
#include "table/record_index.h"

namespace aml::table {

enum class Format : uint8_t {
  detect,
  csv,
  tsv,
  jsonl,
  json,      // a document: an array of objects, or objects in a row; read only, as are the next two
  fixed,     // columns at fixed places of each line
  lines,     // one column, of lines
  markdown,  // written only, as is text
  text,
  excel,    // read only
  parquet,  // by a plugin
  arrow,    // an IPC stream; written only
};
std::optional<Format> parse_format(std::string_view name);  // of format_names() or written_format_names()
std::string_view name_of(Format format);
std::vector<std::string> format_names();          // that can be read
std::vector<std::string> written_format_names();  // that can be written

std::optional<Ragged> parse_ragged(std::string_view name);  // "refuse", "pad", "truncate", "fit", "reject"
std::vector<std::string> ragged_names();

// A record that Ragged::reject leaves out.
struct RejectedRecord {
  std::string_view source;  // the name of the input
  uint64_t line = 0;
  uint64_t offset = 0;  // in bytes, of its first one in the text
  std::string reason;   // "1 field, but 2 columns"
  std::string_view text;
};

struct ReadOptions {
  Format format = Format::detect;  // by file name, else by the first bytes
  // csv: found in the first lines unless given. One byte, or several that belong together. tsv: one byte.
  std::optional<std::string> separator = {};
  std::optional<char> quote = '"';              // csv: nothing means that quotes are text like any other
  std::optional<char> escape = {};              // csv: the byte behind it stands for itself, within quotes and without
  std::string comment = {};                     // csv: records that start with this are none
  uint64_t skip_lines = 0;                      // before the header
  std::vector<FixedColumn> fixed_columns = {};  // fixed: found in the first lines unless given
  std::vector<std::string> records_path = {};   // json: the members that lead to the records
  bool flattens = false;                        // JSON: the members of nested objects become columns "a.b"
  bool has_header = true;                       // without: columns are named column1, column2, …
  Ragged ragged = Ragged::refuse;
  std::function<void(const RejectedRecord&)> on_rejected = {};  // called while batches are read
  std::vector<std::string> missing = {};  // unquoted words (JSON: strings) that mean "no value", besides an empty field
  size_t batch_rows = kBatchRows;         // batches of very long records have fewer
  size_t record_bytes_max = size_t{16} << 20;  // at most kRecordBytesLimit
  size_t block_bytes = size_t{256} << 10;      // read at once; no result depends on it
};
inline constexpr size_t kRecordBytesLimit = size_t{256} << 20;

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
Format written_format_of_name(std::string_view name);  // also .md

}  // namespace aml::table
