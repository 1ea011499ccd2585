// cmd/amldeploy/score.cpp: ask a running service for predictions of a table.
#include <fmt/format.h>

#include "amldeploy/commands.h"
#include "cli/session.h"
#include "serve/client.h"
#include "source/open.h"
#include "source_context.h"

namespace aml::amldeploy {
namespace {

class ScoreCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {
        .name = "score",
        .summary = "ask a running service for predictions of a table",
        .description =
            "Sends the rows of FILE in batches to a service's /score and prints one prediction per row, in "
            "order. Batches are sent again when the service is busy.",
        .examples = {{"amldeploy score localhost:8080 new.csv > scored.csv", "score a file"},
                     {"amlprep head -n 1 new.csv | amldeploy score localhost:8080 -", "score the rows of a pipe"}},
        .flags = {{0,
                   "from",
                   "FORMAT",
                   "read csv, tsv or jsonl (default: by the file)",
                   &from_,
                   cli::Group::input,
                   cli::Complete::choice,
                   {"csv", "tsv", "jsonl"}},
                  {0,
                   "to",
                   "FORMAT",
                   "write csv, tsv or jsonl (default csv)",
                   &to_,
                   cli::Group::output,
                   cli::Complete::choice,
                   {"csv", "tsv", "jsonl"}},
                  {0, "timeout", "TIME", "give up when nothing comes for TIME (default 60s)",
                   cli::DurationNs{&timeout_ns_}},
                  {0, "plain-http", "", "allow http:// to other machines", &plain_http_}},
        .positionals = {{"URL", "the service: host:port, or the address of its /score", &url_, cli::Complete::none},
                        {"FILE", "the table, - for standard input", &file_}},
        .output = cli::Output::data,
        .exit_notes = {"6  the service refused rows, or the table cannot be read", "7  the service cannot be reached"},
        .see_also = {"amldeploy-serve(1)", "amlmodel-predict(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    if (file_ == "-") TRY(session.require_piped_stdin());
    net::ClientOptions client_options;
    client_options.stall_timeout_ms = timeout_ns_ / 1'000'000;
    client_options.plain_http = plain_http_ ? net::PlainHttp::any_host : net::PlainHttp::loopback_only;
    client_options.proxies = net::proxies_from([&](std::string_view name) { return session.environment(name); });
    client_options.body_bytes_max = uint64_t{256} << 20;
    client_options.cancel = &session.cancel();
    auto client = TRY(net::HttpClient::create(std::move(client_options)));
    const net::Url service = TRY(serve::parse_service_url(url_));
    source::OpenOptions options;
    if (from_) options.read.format = *table::parse_format(*from_);
    const auto rows = TRY(source::open_table(file_, options, source_context(session)));
    table::WriteOptions write_options;
    write_options.format = *table::parse_format(to_);
    TRY(serve::score_remotely(client, service, *rows, session.out().data(), write_options));
    return cli::ExitCode::ok;
  }

 private:
  std::string url_;
  std::string file_;
  std::optional<std::string> from_;
  std::string to_ = "csv";
  int64_t timeout_ns_ = 60'000'000'000;
  bool plain_http_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_score() { return cli::make<ScoreCommand>(); }

}  // namespace aml::amldeploy
