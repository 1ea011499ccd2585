#include "table/plugin_table.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "table/arrow_export.h"
#include "table/arrow_reader.h"

namespace aml::table {
namespace {

// Where a plugin leaves its message.
class PluginError {
 public:
  aml_error place() { return {text_.data(), text_.size()}; }
  Error as_error(ErrorKind kind, std::string_view what) const {
    return {kind, fmt::format("{}: {}", what, text_[0] == '\0' ? "the plugin gives no reason" : text_.data())};
  }

 private:
  std::array<char, 2048> text_ = {};
};

// Keeps the descriptor open as long as the stream that reads from it.
class PluginReader final : public Reader {
 public:
  PluginReader(std::unique_ptr<Reader> reader, os::UniqueFd fd) : fd_(std::move(fd)), reader_(std::move(reader)) {}
  const SchemaPtr& schema() const override { return reader_->schema(); }
  Result<std::optional<Batch>> next() override { return reader_->next(); }

 private:
  os::UniqueFd fd_;  // declared first: closed last
  std::unique_ptr<Reader> reader_;
};

class PluginWriter final : public Writer {
 public:
  PluginWriter(const aml_table_plugin& plugin, Sink& sink) : plugin_(plugin), sink_(sink) {}
  ~PluginWriter() override {
    if (writer_ != nullptr) plugin_.destroy(writer_);
  }
  PluginWriter(const PluginWriter&) = delete;
  PluginWriter& operator=(const PluginWriter&) = delete;

  Status open(const Schema& schema) {
    OwnedArrowSchema exported = export_arrow_schema(schema);
    PluginError error;
    return check(plugin_.create(&bytes_, exported.get(), &writer_, error.place()), error);
  }

  Status write(const Batch& batch) override {
    OwnedArrowArray rows = TRY(export_arrow_batch(batch));
    PluginError error;
    return check(plugin_.append(writer_, rows.get(), error.place()), error);
  }

  Status finish() override {
    PluginError error;
    TRY(check(plugin_.finish(writer_, error.place()), error));
    return sink_.flush();
  }

 private:
  static int write_bytes(void* context, const void* bytes, size_t size) {
    auto* self = static_cast<PluginWriter*>(context);
    const Status status = self->sink_.write({static_cast<const char*>(bytes), size});
    if (!status.ok() && !self->sink_error_) self->sink_error_ = status.error();
    return status.ok() ? 0 : 1;
  }

  // What went wrong with the output says more than what the plugin makes of it.
  Status check(int code, const PluginError& error) const {
    if (sink_error_) return *sink_error_;
    if (code == 0) return {};
    return error.as_error(ErrorKind::bad_data, fmt::format("cannot write {}", plugin_.name));
  }

  const aml_table_plugin& plugin_;
  Sink& sink_;
  aml_byte_sink bytes_ = {write_bytes, this};
  void* writer_ = nullptr;
  std::optional<Error> sink_error_;
};

}  // namespace

Result<std::unique_ptr<Reader>> open_plugin_reader(const aml_table_plugin& plugin, PluginSource source,
                                                   const Cancel* cancel) {
  const aml_table_source place{source.fd.get(), source.name.c_str(), source.location.c_str(), source.query.c_str(),
                               static_cast<int64_t>(kBatchRows)};
  OwnedArrowStream stream;
  PluginError error;
  if (plugin.open(&place, stream.get(), error.place()) != 0)
    return error.as_error(ErrorKind::bad_data, fmt::format("cannot read '{}'", source.name));
  auto reader = TRY(open_arrow_reader(std::move(stream), source.name, cancel));
  return std::unique_ptr<Reader>(std::make_unique<PluginReader>(std::move(reader), std::move(source.fd)));
}

Result<std::unique_ptr<Writer>> open_plugin_writer(const aml_table_plugin& plugin, Sink& sink, SchemaPtr schema) {
  if (plugin.create == nullptr)
    return Error{ErrorKind::usage, fmt::format("the plugin for {} does not write", plugin.name)};
  auto writer = std::make_unique<PluginWriter>(plugin, sink);
  TRY(writer->open(*schema));
  return std::unique_ptr<Writer>(std::move(writer));
}

}  // namespace aml::table
