#include "serve/client.h"

#include <fmt/format.h>

#include "text/json.h"

namespace aml::serve {
namespace {

Result<std::string> batch_as_csv(const table::Batch& batch) {
  StringSink body;
  const auto writer = TRY(table::open_writer(body, batch.schema, {}));
  TRY(writer->write(batch));
  TRY(writer->finish());
  return body.text();
}

// What the service says went wrong, in its own words where it speaks JSON as ours does.
Error refusal(const net::Url& service, const net::Response& response, const std::string& rows) {
  std::string words = response.body.substr(0, 200);
  std::string hint;
  if (const auto json = text::parse_json(response.body); json.ok()) {
    words = json->string_or("error", words);
    hint = json->string_or("hint", "");
  }
  const auto kind = response.status == 400 ? ErrorKind::bad_data : ErrorKind::system;
  return Error{kind, fmt::format("'{}' answered {} for {}: {}", service.text(), response.status, rows, words), hint};
}

}  // namespace

Result<net::Url> parse_service_url(const std::string& text) {
  const bool has_scheme = text.find("://") != std::string::npos;
  net::Url url = TRY(net::Url::parse(has_scheme ? text : "http://" + text));
  if (url.path.empty() || url.path == "/") url.path = "/score";
  return url;
}

Status score_remotely(net::HttpClient& client, const net::Url& service, table::Reader& rows, Sink& out,
                      const table::WriteOptions& options) {
  std::unique_ptr<table::Writer> writer;
  uint64_t first_row = 1;
  while (auto batch = TRY(rows.next())) {
    const std::string range = fmt::format("rows {} to {}", first_row, first_row + batch->rows - 1);
    first_row += batch->rows;
    net::Request request{"POST", service};
    request.headers.set("Content-Type", "text/csv");
    request.body = net::text_body(TRY(batch_as_csv(*batch)));
    request.retry = net::Retry::always;  // scoring changes nothing
    net::Response response = TRY(client.send(request));
    if (!response.is_success()) return refusal(service, response, range);
    table::ReadOptions read_options;
    read_options.format = table::Format::csv;
    const auto replies = TRY(table::open_reader(std::make_unique<StringSource>(std::move(response.body)),
                                                service.text(), read_options, nullptr));
    if (!writer) writer = TRY(table::open_writer(out, replies->schema(), options));
    while (auto scored = TRY(replies->next())) TRY(writer->write(*scored));
  }
  return writer ? writer->finish() : Status();
}

}  // namespace aml::serve
