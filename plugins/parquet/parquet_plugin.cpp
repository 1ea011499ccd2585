// Apache Parquet through Arrow C++. Exceptions of the library end here.
#include <arrow/c/bridge.h>
#include <arrow/io/file.h>
#include <arrow/io/interfaces.h>
#include <arrow/record_batch.h>
#include <arrow/table.h>
#include <arrow/util/config.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/writer.h>
#include <parquet/exception.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <string>

#include "plugin/aml_table_plugin.h"

namespace {

constexpr int64_t kRowGroupRows = 1 << 17;

int fail(const aml_error& error, const std::string& message) {
  // Arrow says more than one line: where in its sources, for one.
  const std::string line = message.substr(0, message.find('\n'));
  std::snprintf(error.text, error.size, "%s", line.c_str());
  return 1;
}

// Runs what returns an arrow::Status and also catches what it throws.
template <class Work>
int guarded(const aml_error& error, const Work& work) {
  try {
    const arrow::Status status = work();
    return status.ok() ? 0 : fail(error, status.message());
  } catch (const std::exception& thrown) {
    return fail(error, thrown.what());
  } catch (...) {
    return fail(error, "unknown failure");
  }
}

// The batches of a file reader, which must outlive them.
struct Keeper final : arrow::RecordBatchReader {
  std::unique_ptr<parquet::arrow::FileReader> file_reader;
  std::shared_ptr<arrow::RecordBatchReader> batches;

  std::shared_ptr<arrow::Schema> schema() const override { return batches->schema(); }
  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    try {
      ARROW_RETURN_NOT_OK(batches->ReadNext(batch));
      return *batch == nullptr ? arrow::Status::OK() : (*batch)->Validate();
    } catch (const std::exception& thrown) {
      return arrow::Status::IOError(thrown.what());
    }
  }
};

arrow::Status open_stream(const aml_table_source& source, ArrowArrayStream* stream) {
  // Arrow closes what it opens: it gets a descriptor of its own.
  const int fd = dup(source.fd);
  if (fd < 0) return arrow::Status::IOError("cannot duplicate a descriptor");
  ARROW_ASSIGN_OR_RAISE(auto file, arrow::io::ReadableFile::Open(fd));
  parquet::ReaderProperties properties;
  properties.enable_buffered_stream();  // a row group at a time in pieces, not as a whole
  parquet::ArrowReaderProperties arrow_properties;
  arrow_properties.set_batch_size(source.batch_rows);
  parquet::arrow::FileReaderBuilder builder;
  ARROW_RETURN_NOT_OK(builder.Open(file, properties));
  builder.properties(arrow_properties);
  ARROW_ASSIGN_OR_RAISE(auto arrow_reader, builder.Build());
  auto keeper = std::make_shared<Keeper>();
  ARROW_ASSIGN_OR_RAISE(auto batches, arrow_reader->GetRecordBatchReader());
  keeper->batches = std::move(batches);
  keeper->file_reader = std::move(arrow_reader);
  return arrow::ExportRecordBatchReader(std::move(keeper), stream);
}

int open(const aml_table_source* source, ArrowArrayStream* stream, aml_error error) {
  return guarded(error, [&] { return open_stream(*source, stream); });
}

class SinkStream final : public arrow::io::OutputStream {
 public:
  explicit SinkStream(const aml_byte_sink* sink) : sink_(sink) { set_mode(arrow::io::FileMode::WRITE); }
  arrow::Status Close() override {
    is_closed_ = true;
    return arrow::Status::OK();
  }
  bool closed() const override { return is_closed_; }
  arrow::Result<int64_t> Tell() const override { return bytes_; }
  using arrow::io::OutputStream::Write;
  arrow::Status Write(const void* data, int64_t size) override {
    if (sink_->write(sink_->context, data, static_cast<size_t>(size)) != 0)
      return arrow::Status::IOError("cannot write");
    bytes_ += size;
    return arrow::Status::OK();
  }

 private:
  const aml_byte_sink* sink_;
  int64_t bytes_ = 0;
  bool is_closed_ = false;
};

struct Writer {
  std::shared_ptr<arrow::Schema> schema;
  std::unique_ptr<parquet::arrow::FileWriter> file;
};

int create(const aml_byte_sink* sink, ArrowSchema* schema, void** writer, aml_error error) {
  return guarded(error, [&]() -> arrow::Status {
    auto made = std::make_unique<Writer>();
    ARROW_ASSIGN_OR_RAISE(made->schema, arrow::ImportSchema(schema));
    const auto properties = parquet::WriterProperties::Builder()
                                .compression(parquet::Compression::ZSTD)
                                ->max_row_group_length(kRowGroupRows)
                                ->build();
    const auto arrow_properties = parquet::ArrowWriterProperties::Builder().store_schema()->build();
    ARROW_ASSIGN_OR_RAISE(
        made->file, parquet::arrow::FileWriter::Open(*made->schema, arrow::default_memory_pool(),
                                                     std::make_shared<SinkStream>(sink), properties, arrow_properties));
    *writer = made.release();  // freed by destroy()
    return arrow::Status::OK();
  });
}

int append(void* writer, ArrowArray* rows, aml_error error) {
  return guarded(error, [&]() -> arrow::Status {
    auto* self = static_cast<Writer*>(writer);
    ARROW_ASSIGN_OR_RAISE(auto batch, arrow::ImportRecordBatch(rows, self->schema));
    return self->file->WriteRecordBatch(*batch);
  });
}

int finish(void* writer, aml_error error) {
  return guarded(error, [&] { return static_cast<Writer*>(writer)->file->Close(); });
}

void destroy(void* writer) {
  try {
    delete static_cast<Writer*>(writer);
  } catch (...) {  // a writer that was not finished may complain
  }
}

constexpr aml_table_plugin kPlugin = {AML_TABLE_PLUGIN_VERSION,
                                      "parquet",
                                      "Apache Parquet, by Arrow C++ " ARROW_VERSION_STRING,
                                      open,
                                      create,
                                      append,
                                      finish,
                                      destroy};

}  // namespace

extern "C" __attribute__((visibility("default"))) const struct aml_table_plugin* aml_table_plugin_v1() {
  return &kPlugin;
}
