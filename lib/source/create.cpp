#include "source/create.h"

#include "archive/compress.h"
#include "plugin/table_plugins.h"
#include "source/byte_input.h"
#include "table/plugin_table.h"

namespace aml::source {
namespace {

// The writer and what compresses its bytes.
class PackedWriter final : public table::Writer {
 public:
  PackedWriter(Sink& sink, std::unique_ptr<archive::CompressSink> packer, std::unique_ptr<table::Writer> writer)
      : sink_(sink), packer_(std::move(packer)), writer_(std::move(writer)) {}

  Status write(const table::Batch& batch) override { return writer_->write(batch); }

  Status finish() override {
    TRY(writer_->finish());
    TRY(packer_->finish());
    return sink_.flush();
  }

 private:
  Sink& sink_;
  std::unique_ptr<archive::CompressSink> packer_;
  std::unique_ptr<table::Writer> writer_;  // writes into packer_, so it goes first
};

archive::Compression compression_of(std::string_view name) {
  if (name.ends_with(".gz") || name.ends_with(".GZ")) return archive::Compression::gzip;
  if (name.ends_with(".zst") || name.ends_with(".ZST")) return archive::Compression::zstd;
  return archive::Compression::none;
}

table::Format format_of(std::string_view name, const CreateOptions& options) {
  const table::Format by_name = table::written_format_of_name(without_compression_ending(name));
  return options.format.value_or(by_name == table::Format::detect ? table::Format::csv : by_name);
}

Result<std::unique_ptr<table::Writer>> open_format_writer(Sink& sink, table::SchemaPtr schema,
                                                          const table::WriteOptions& options) {
  if (options.format != table::Format::parquet) return table::open_writer(sink, std::move(schema), options);
  const aml_table_plugin* plugin = TRY(plugin::load_table_plugin("parquet"));
  return table::open_plugin_writer(*plugin, sink, std::move(schema));
}

}  // namespace

bool is_binary(std::string_view name, const CreateOptions& options) {
  const table::Format format = format_of(name, options);
  return format == table::Format::parquet || format == table::Format::arrow ||
         compression_of(name) != archive::Compression::none;
}

Result<std::unique_ptr<table::Writer>> create_table(Sink& sink, std::string_view name, table::SchemaPtr schema,
                                                    const CreateOptions& options) {
  table::WriteOptions write = options.write;
  write.format = format_of(name, options);
  const archive::Compression compression = compression_of(name);
  if (compression == archive::Compression::none) return open_format_writer(sink, std::move(schema), write);
  auto packer = TRY(archive::compress_into(sink, {compression}));
  auto writer = TRY(open_format_writer(*packer, std::move(schema), write));
  return std::unique_ptr<table::Writer>(new PackedWriter(sink, std::move(packer), std::move(writer)));
}

}  // namespace aml::source
