// Asks a running service, ours or any that answers POST /score with CSV, for predictions of a whole table.
#pragma once

#include <string>

#include "base/result.h"
#include "base/sink.h"
#include "net/http_client.h"
#include "table/reader.h"
#include "table/writer.h"

namespace aml::serve {

// "http://host:port", "host:port" or the full address of /score.
Result<net::Url> parse_service_url(const std::string& text);

// Sends `rows` batch by batch and writes the predictions in order, in bounded memory. A batch the service refuses is
// bad_data that names its rows.
Status score_remotely(net::HttpClient& client, const net::Url& service, table::Reader& rows, Sink& out,
                      const table::WriteOptions& options);

}  // namespace aml::serve
