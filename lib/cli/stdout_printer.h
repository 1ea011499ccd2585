// The printer of a real process: standard output or the -o file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/flags.h"
#include "cli/output.h"
#include "os/atomic_file.h"
#include "os/file.h"

namespace aml::cli {

struct PrinterOptions {
  Form form = Form::people;
  bool is_list = false;  // people see a table, not a block per record
  bool null_terminated = false;
  bool is_terminal = false;
  bool color = false;
  int columns = 80;
  int fd = 1;
};

class StdoutPrinter final : public Printer {
 public:
  explicit StdoutPrinter(PrinterOptions options) : options_(options), stdout_(options.fd, "standard output") {}

  // Sends data() to a file that appears at finish(); "-" is stdout, even if that is a terminal.
  Status redirect(const std::string& file, os::Overwrite overwrite);

  Form form() const override { return options_.form; }
  bool is_terminal() const override { return options_.is_terminal; }
  int columns() const override { return options_.columns; }
  Status record(const text::Fields& record) override;
  Status id(std::string_view id) override;
  Status line(std::string_view line) override;
  Sink& data() override;
  std::string_view data_name() const override { return file_name_; }
  Result<Sink*> binary_data() override;

  // Prints what is kept, so that lines and tables stay in the order they were made.
  Status print_kept();
  Status flush();   // everything to stdout
  Status commit();  // and the -o file into place

 private:
  Status end_of_id(std::string_view id);

  PrinterOptions options_;
  os::FdSink stdout_;
  std::optional<os::AtomicFile> file_;
  std::string file_name_;
  bool dash_given_ = false;
  bool block_printed_ = false;
  std::vector<text::Fields> kept_;
};

}  // namespace aml::cli
