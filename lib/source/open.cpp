#include "source/open.h"

#include "source/formats.h"

namespace aml::source {
namespace {

// Enough to tell formats apart.
constexpr size_t kHeadBytes = 4096;

}  // namespace

Result<std::unique_ptr<table::Reader>> open_table(const std::string& name, const OpenOptions& options,
                                                  const Context& context) {
  if (const TableScheme* scheme = find_table_scheme(name)) return scheme->open(name, options, context);
  ByteInput input = TRY(open_bytes(name, context));
  if (options.known_as) input.name = *options.known_as;
  const std::string_view head = TRY(input.bytes->peek(kHeadBytes));
  if (const FileFormat* format = find_file_format(options.read.format, head, input.name)) {
    SeekableFile file = TRY(make_seekable(std::move(input), context));
    return format->open(std::move(file), options, context);
  }
  table::ReadOptions read = options.read;
  if (read.format == table::Format::detect) read.format = table::format_of_name(without_compression_ending(input.name));
  return table::open_reader(std::move(input.bytes), std::move(input.name), read, context.cancel);
}

}  // namespace aml::source
