#include "source/create.h"

#include "archive/compress.h"
#include "source/byte_input.h"

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

}  // namespace

Result<std::unique_ptr<table::Writer>> create_table(Sink& sink, std::string_view name, table::SchemaPtr schema,
                                                    const CreateOptions& options) {
  table::WriteOptions write = options.write;
  const table::Format by_name = table::written_format_of_name(without_compression_ending(name));
  write.format = options.format.value_or(by_name == table::Format::detect ? table::Format::csv : by_name);
  const archive::Compression compression = compression_of(name);
  if (compression == archive::Compression::none) return table::open_writer(sink, std::move(schema), write);
  auto packer = TRY(archive::compress_into(sink, {compression}));
  auto writer = TRY(table::open_writer(*packer, std::move(schema), write));
  return std::unique_ptr<table::Writer>(new PackedWriter(sink, std::move(packer), std::move(writer)));
}

}  // namespace aml::source
